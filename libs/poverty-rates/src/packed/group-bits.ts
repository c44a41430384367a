import { StoreRefused } from '@ledger/event-sourcing';

/** A number holds so many bits that are safe for `|` and `&`. */
const MOST_GROUPS = 31;

/**
 * The bit of one more group, after so many others.
 * @throws StoreRefused when a number has no room for it
 */
export function nextBit(bitsGiven: number, group: string): number {
  if (bitsGiven < MOST_GROUPS) return bitsGiven;
  throw new StoreRefused(`more than ${MOST_GROUPS} groups of households: ${group}`);
}

/** The groups whose bits are set, in the order of their bits. */
export function groupsIn(bits: number, nameOf: (bit: number) => string): string[] {
  const groups: string[] = [];
  for (let bit = 0; bits >>> bit !== 0; bit++) if ((bits >>> bit) & 1) groups.push(nameOf(bit));
  return groups;
}
