import type { Decider, Decision } from '@ledger/event-sourcing';
import type { Notice, PlainDate, UnitId } from '@ledger/kernel';
import { canonicalJson, refusePersonalNumbers, ruleBroken } from '@ledger/kernel';
import type { TotalsFact } from './totals.facts';
import { isWithin } from './unit-book';
import type { Life, Recorded } from './unit-record';
import { daysOf } from './unit-record';

export interface DeclareHouseholdTotal {
  readonly type: 'DeclareHouseholdTotal';
  readonly unit: UnitId;
  /** The unit's days, as the registry knows them: a `Unit` will do. */
  readonly life: Life;
  readonly on: PlainDate;
  readonly group: string;
  readonly households: number;
  readonly persons?: number;
  readonly source: string;
  /** The day in Vietnam on which the order is given. */
  readonly today: PlainDate;
}

/** The last declaration of each day and group. */
export interface TotalsState {
  readonly factCount: number;
  readonly latest: ReadonlyMap<string, Recorded<TotalsFact>>;
}

export const totals: Decider<DeclareHouseholdTotal, TotalsState, TotalsFact> = {
  initial: () => ({ factCount: 0, latest: new Map() }),

  evolve: ({ factCount, latest }, fact) => ({
    factCount: factCount + 1,
    latest: new Map(latest).set(keyOf(fact), { fact, index: factCount }),
  }),

  decide(order, state): Decision<TotalsFact> {
    refusePersonalNumbers({ source: order.source });
    requireCount('households', order.households);
    if (order.persons !== undefined) requireCount('persons', order.persons);

    const fact = factOf(order);
    const latest = state.latest.get(keyOf(fact));
    if (latest && canonicalJson(latest.fact) === canonicalJson(fact)) return { unchangedAt: latest.index };

    requireDay(order);
    return { facts: [fact], notices: noticesOf(order) };
  },
};

const keyOf = ({ effectiveOn, group }: TotalsFact): string => `${effectiveOn} ${group}`;

function factOf({ unit, on, group, households, persons, source }: DeclareHouseholdTotal): TotalsFact {
  return {
    type: 'HouseholdTotalDeclared',
    effectiveOn: on,
    unit,
    group,
    households,
    ...(persons !== undefined && { persons }),
    source,
  };
}

function requireCount(field: 'households' | 'persons', count: number): void {
  if (!Number.isSafeInteger(count) || count < 0)
    throw ruleBroken({ code: 'total.not-a-count', field, got: count });
}

function requireDay({ unit, life, on, today }: DeclareHouseholdTotal): void {
  if (on > today) throw ruleBroken({ code: 'total.in-the-future', field: 'on', got: on, facts: { today } });
  if (isWithin(life, on)) return;
  const facts = { unit, day: on, days: daysOf([life]) };
  throw ruleBroken({ code: 'unit.outside-its-life', field: 'on', got: on, facts });
}

function noticesOf({ households, persons }: DeclareHouseholdTotal): Notice[] {
  if (persons === undefined || persons >= households) return [];
  return [{ code: 'total.fewer-persons-than-households', facts: { households, persons } }];
}
