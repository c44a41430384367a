import type { UnitFact, UnitTree } from '@ledger/areas';
import { COUNTRY } from '@ledger/areas';
import type { UnitId } from '@ledger/kernel';
import { ALL_HOUSEHOLDS, STANDARDS } from '@ledger/standards';
import type { Saying } from '../packed/packed-fact';
import type { Known, ReadModelLoad } from '../read-store';
import type { PackedHistories } from './packed-histories';

/** What has to be known to fold households that are given in numbers: small, and the same for all of them. */
export interface FoldContext {
  readonly units: readonly UnitFact[];
  /** Of all units and standards. */
  readonly names: readonly (readonly [name: string, number: number])[];
  readonly sayings: readonly (readonly [number: number, saying: string])[];
  /** By their bit. */
  readonly groups: readonly string[];
}

/** Numbers places whose figures are asked for together one after the other, then everything else. */
export function contextOf(
  load: ReadModelLoad,
  histories: PackedHistories,
  tree: UnitTree,
  units: readonly Known<UnitFact>[],
): FoldContext {
  const sayings = [...histories.sayings].map((word) => histories.textOf(word));
  const parsed = sayings.map((saying) => JSON.parse(saying) as Saying);
  const groups = new Set([
    ALL_HOUSEHOLDS,
    ...parsed.flatMap((saying) => (saying['groups'] ?? []) as string[]),
  ]);
  const byBit: string[] = [];
  for (const group of groups) byBit[load.bitOf(group)] = group;
  const names = new Set<string>([
    ...placesInOrder(tree, units),
    COUNTRY,
    ...units.map(({ fact }) => fact.unit),
    ...STANDARDS.map(({ id }) => id),
  ]);
  return {
    units: units.map(({ fact }) => fact),
    names: [...names].map((name) => [name, load.numberOf(name)]),
    sayings: sayings.map((saying) => [load.sayingNumberOf(saying), saying]),
    groups: byBit,
  };
}

/** Places of one district and province after each other. */
function placesInOrder(tree: UnitTree, units: readonly Known<UnitFact>[]): readonly UnitId[] {
  const paths = new Map<UnitId, string>();
  for (const { fact } of units) {
    const periods = tree.periodsOfPlace(fact.unit);
    if (periods[0]) paths.set(fact.unit, periods[0].units.toReversed().join());
  }
  return [...paths].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([place]) => place);
}
