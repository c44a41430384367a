/**
 * What a header such as `Accept` or `Accept-Language` asks for, the dearest first (RFC 9110, 12.4.2): by its
 * weight, of equal weights in the order given, in lower case. What has the weight 0 is not wanted at all.
 */
export function preferencesIn(header: string | undefined): readonly string[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => {
      const [value = '', ...parameters] = part.split(';').map((text) => text.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return { value, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ value, weight }) => value !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ value }) => value);
}
