/**
 * One text for several: equal for equal parts and for no others, in the order of the parts where no part is
 * the beginning of another one.
 */
export const idOf = (...parts: readonly (string | number)[]): string =>
  parts.map((part) => (typeof part === 'number' ? String(part) : escaped(part))).join('|');

const escaped = (part: string): string => (/[|\\]/.test(part) ? part.replace(/[|\\]/g, '\\$&') : part);
