import type { PlainDate, UnitId } from '@ledger/kernel';
import type { UnitsOn } from './days';

/**
 * A small country to ask about: two provinces, three districts, six communes.
 * COUNTRY > HILLS > (UPPER > NORTH, SOUTH), (LOWER > RIVER, FIELD); COUNTRY > SEA > SHORE > COAST, PORT.
 */
export const COUNTRY = 'VN@1945-09-02';
export const [HILLS, SEA] = ['15@2004-01-01', '67@2004-01-01'] as const;
export const [UPPER, LOWER, SHORE] = ['132@2004-01-01', '133@2004-01-01', '660@2004-01-01'] as const;
export const [NORTH, SOUTH, RIVER] = ['04101@2004-01-01', '04102@2004-01-01', '04201@2004-01-01'] as const;
export const [FIELD, COAST, PORT] = ['04202@2004-01-01', '24601@2004-01-01', '24602@2004-01-01'] as const;

export const PROVINCES: readonly UnitId[] = [HILLS, SEA];
export const DISTRICTS: readonly UnitId[] = [UPPER, LOWER, SHORE];
export const COMMUNES: readonly UnitId[] = [NORTH, SOUTH, RIVER, FIELD, COAST, PORT];

const PARENT_AT_FIRST: ReadonlyMap<UnitId, UnitId> = new Map<UnitId, UnitId>([
  ...[HILLS, SEA].map((province) => [province, COUNTRY] as const),
  ...([
    [UPPER, HILLS],
    [LOWER, HILLS],
    [SHORE, SEA],
  ] as const),
  ...([
    [NORTH, UPPER],
    [SOUTH, UPPER],
    [RIVER, LOWER],
    [FIELD, LOWER],
  ] as const),
  ...([
    [COAST, SHORE],
    [PORT, SHORE],
  ] as const),
]);

/** The communes that merges make. */
export const MERGED: readonly UnitId[] = ['04190@2022-01-15', '04190@2022-06-15'];
/** What a fact may name as the place of a household. */
export const PLACES: readonly UnitId[] = [...COMMUNES, ...MERGED];

/** An act of the authorities, in effect from the morning of `on`, known from `recordedOn` on. */
export type Act = { readonly on: PlainDate; readonly recordedOn: PlainDate } & (
  | { readonly type: 'merge'; readonly places: readonly [UnitId, UnitId]; readonly into: UnitId }
  | { readonly type: 'other-parent'; readonly unit: UnitId; readonly parent: UnitId }
  | { readonly type: 'abolition'; readonly unit: UnitId }
);

/** The units of every place on every day, by the acts known on a day. */
export function treeKnownOn(acts: readonly Act[], knownOn: PlainDate): UnitsOn {
  const known = acts.filter((act) => act.recordedOn <= knownOn).toSorted((a, b) => (a.on < b.on ? -1 : 1));
  const versions = known.map(({ on }) => ({ on, units: treeBy(known.filter((act) => act.on <= on)) }));
  const atFirst = treeBy([]);
  return (place, day) => {
    const units = versions.findLast((version) => version.on <= day)?.units ?? atFirst;
    return units.get(place) ?? [];
  };
}

export const treeAtFirst: UnitsOn = treeKnownOn([], '1945-09-02' as PlainDate);

/** The place of a unit that is made by a merge exists as a place of its own, too: later facts name it. */
function treeBy(acts: readonly Act[]): ReadonlyMap<string, readonly UnitId[]> {
  const unitOf = new Map<UnitId, UnitId>(COMMUNES.map((place) => [place, place]));
  const parentOf = new Map<UnitId, UnitId>(PARENT_AT_FIRST);
  for (const act of acts) {
    switch (act.type) {
      case 'merge': {
        const merged = act.places.map((place) => unitOf.get(place)).filter((unit) => unit !== undefined);
        const parent = merged.map((unit) => parentOf.get(unit)).find((unit) => unit !== undefined);
        if (parent === undefined) break; // both had been abolished
        for (const [place, unit] of unitOf) if (merged.includes(unit)) unitOf.set(place, act.into);
        unitOf.set(act.into, act.into);
        parentOf.set(act.into, parent);
        break;
      }
      case 'other-parent':
        if (parentOf.has(act.unit)) parentOf.set(act.unit, act.parent);
        break;
      case 'abolition': {
        for (const [place, unit] of unitOf) if (unit === act.unit) unitOf.delete(place);
        // What lives on below a level that has ended belongs to the next one above.
        const above = parentOf.get(act.unit);
        for (const [part, parent] of parentOf) if (parent === act.unit && above) parentOf.set(part, above);
        break;
      }
    }
  }
  const upwards = (unit: UnitId): UnitId[] => {
    const parent = parentOf.get(unit);
    return parent === undefined ? [unit] : [unit, ...upwards(parent)];
  };
  return new Map([...unitOf].map(([place, unit]) => [place, upwards(unit)]));
}

/** The children of a unit on a day, as far as they have places. */
export function childrenOf(unit: string, unitsOn: UnitsOn, day: PlainDate): readonly string[] {
  const branches = PLACES.map((place) => unitsOn(place, day));
  const children = branches.map((units) =>
    units.includes(unit) ? units[units.indexOf(unit) - 1] : undefined,
  );
  return [...new Set(children.filter((child) => child !== undefined))];
}
