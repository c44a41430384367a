/**
 * Who goes first in a run goes last in the next one: neither a store that was just started nor one that has grown
 * is always the same one's.
 * @param run from 1 on
 */
export function inTurns<One>(all: readonly One[], run: number): One[] {
  const first = (run - 1) % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}
