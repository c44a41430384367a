/** As JSON would give it back, which is all that a fact may be. Throws where JSON cannot carry it. */
export const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** @throws RangeError where a number is none that can be added to for ever without being rounded */
export function wholeAmount(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`an amount is a whole number, not ${amount}`);
  // From 0, because -0 would be another number to whoever compares.
  return 0 + amount;
}
