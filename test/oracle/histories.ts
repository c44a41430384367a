import type { UnitId } from '@ledger/kernel';
import { CHANNELS, STATUSES, addDays, laterOf, parseDay } from '@ledger/kernel';
import fc from 'fast-check';
import type { HouseholdFact } from '@ledger/households';
import type { Known } from './days';
import type { Act } from './tree';
import { COMMUNES, COUNTRY, DISTRICTS, MERGED, NORTH, PLACES, PROVINCES, SOUTH } from './tree';

/** A random history of a few households in the small country of `tree.ts`, and the acts that change it. */
export interface RandomHistory {
  readonly known: readonly Known[];
  readonly acts: readonly Act[];
}

/** Every fact and act is effective from FIRST_DAY on, and up to LAST_DAY: across openings and campaigns. */
export const FIRST_DAY = parseDay('2021-06-01');
export const LAST_DAY = parseDay('2022-12-31');
/** A day on which everything is known: the latest is recorded 700 days after its effect. */
export const ALL_KNOWN = parseDay('2025-06-30');

export const STANDARDS_ASKED = ['VN-2011', 'VN-2016', 'VN-2022'];
export const GROUPS_ASKED = ['all', 'ethnic-minority', 'local-ethnic-minority', 'merit'];
export const UNITS_ASKED: readonly UnitId[] = [COUNTRY, ...PROVINCES, ...DISTRICTS, ...PLACES];

/** The borders at which a rule turns: eves, openings, days of application, ends of openings. */
const BORDERS = [
  ...['2021-08-30', '2021-08-31', '2021-09-01', '2021-12-14', '2021-12-31', '2022-01-01', '2022-01-02'],
  ...['2022-01-15', '2022-02-27', '2022-02-28', '2022-03-01', '2022-06-15', '2022-08-31', '2022-09-01'],
].map(parseDay);

/** One of several, each as often as its weight says. */
const often = <T>(...choices: readonly (readonly [number, fc.Arbitrary<T>])[]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const is = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const anyDay = fc.nat(578).map((days) => addDays(FIRST_DAY, days));
const day = often([3, is(...BORDERS)], [2, anyDay]);
const daysLate = often([3, is(0)], [2, is(1, 30, 90, 365)], [1, fc.nat(700)]);
const members = fc.integer({ min: 1, max: 6 });
const LOCAL = ['ethnic-minority', 'local-ethnic-minority'];
const groups = is<readonly string[]>([], ['ethnic-minority'], ['merit'], LOCAL, [...LOCAL, 'merit']);
const standard = is('VN-2016', 'VN-2016', 'VN-2022', 'VN-2022', 'VN-2022', 'VN-2011');
const place = often([6, is(...COMMUNES)], [1, is(...PLACES)]);
const decision = is({ number: '1/QĐ-UBND', date: FIRST_DAY, authority: 'UBND' });
const channel = is(...CHANNELS);

/** What a fact says, before it is given its day. Members and groups may be absent. */
type Saying = HouseholdFact extends infer Fact
  ? Fact extends unknown
    ? Omit<Fact, 'effectiveOn'>
    : never
  : never;

const review = fc.record(
  {
    ...{ type: is('ReviewRecorded'), standard, channel, areaType: is('rural'), check: is('unchecked') },
    ...{ outcome: is(...STATUSES, 'poor'), decision, members, groups },
  },
  { requiredKeys: ['type', 'standard', 'channel', 'areaType', 'outcome', 'decision', 'check'] },
);
const escape = fc.record({
  type: is('EscapeRecognised'),
  standard,
  channel,
  to: is('near-poor', 'above'),
  decision,
});
const flag = fc.record({ type: is('ReimpoverishmentFlagged'), standard, decision });
const move = fc.record({ type: is('HouseholdMoved'), to: place, members }, { requiredKeys: ['type', 'to'] });
const details = fc.record(
  { type: is('HouseholdDetailsChanged'), members, groups },
  { requiredKeys: ['type'] },
);
const dissolution = fc.record({ type: is('HouseholdDissolved'), reason: is('died', 'left') });
const saying = often<Saying>([8, review], [5, escape], [2, flag], [3, move], [2, details], [1, dissolution]);

/** Few days for many facts, so that several of them fall on one day. */
const household = fc.uniqueArray(day, { minLength: 3, maxLength: 8 }).chain((days) =>
  fc.record({
    registered: fc.record({ place, members, groups, effectiveOn: is(FIRST_DAY, ...days) }),
    registeredLate: is(0, 0, 0, 0, 0, 1, 60, 400),
    facts: fc.array(fc.record({ saying, effectiveOn: is(...days), daysLate }), {
      minLength: 2,
      maxLength: 16,
    }),
  }),
);

const act: fc.Arbitrary<Act> = fc
  .record({
    on: day,
    daysLate: is(0, 0, 20, 200),
    merged: fc.shuffledSubarray([...COMMUNES], { minLength: 2, maxLength: 2 }),
    what: often<{ into: UnitId } | { unit: UnitId; parent: UnitId } | { abolished: UnitId }>(
      [2, fc.record({ into: is(...MERGED) })],
      [2, fc.record({ unit: is(...COMMUNES), parent: is(...DISTRICTS) })],
      [1, fc.record({ unit: is(...DISTRICTS), parent: is(...PROVINCES) })],
      [1, fc.record({ abolished: is(...COMMUNES) })],
      [1, fc.record({ abolished: is(...DISTRICTS) })],
    ),
  })
  .map(({ on: anyOn, daysLate: late, merged: [a = NORTH, b = SOUTH], what }) => {
    const on = 'into' in what ? parseDay(what.into.slice(-10)) : anyOn;
    const when = { on, recordedOn: addDays(on, late) };
    if ('into' in what) return { type: 'merge', ...when, places: [a, b], into: what.into };
    if ('parent' in what) return { type: 'other-parent', ...when, ...what };
    return { type: 'abolition', ...when, unit: what.abolished };
  });

/**
 * Histories as the fold meets them: in order or not, late, several facts on a day, outside the life, status
 * changes that no decider would have let pass. A household is registered before anything else of it arrives;
 * no two acts take effect on one day, they would need an order of their own.
 */
export function histories({ withActs = true } = {}): fc.Arbitrary<RandomHistory> {
  return fc.record({
    known: fc.array(household, { minLength: 2, maxLength: 6 }).map(arrive),
    acts: fc.uniqueArray(act, { maxLength: withActs ? 3 : 0, selector: ({ on }) => on }),
  });
}

type HouseholdDraft = typeof household extends fc.Arbitrary<infer Value> ? Value : never;

/** All households in one log, each fact on the day on which it is recorded. */
function arrive(drafts: readonly HouseholdDraft[]): readonly Known[] {
  const all = drafts.flatMap(({ registered, registeredLate, facts }, index) => {
    const householdId = `H${index + 1}`;
    const firstOn = addDays(registered.effectiveOn, registeredLate);
    const registration: HouseholdFact = { type: 'HouseholdRegistered', householdId, ...registered };
    const rest = facts.map(({ saying: said, effectiveOn, daysLate: late }) => ({
      fact: { ...said, effectiveOn },
      household: householdId,
      recordedOn: laterOf(firstOn, addDays(effectiveOn, late)),
    }));
    return [{ fact: registration, household: householdId, recordedOn: firstOn }, ...rest];
  });
  return all
    .toSorted((a, b) => a.recordedOn.localeCompare(b.recordedOn))
    .map((each, arrival) => ({ ...each, arrival }));
}
