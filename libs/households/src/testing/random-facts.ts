import type { PlainDate, UnitId } from '@ledger/kernel';
import { CHANNELS, STATUSES, addDays, parseDay } from '@ledger/kernel';
import fc from 'fast-check';
import type { HouseholdFact } from '../household.facts';
import { changed, dissolved, escaped, flagged, moved, registered, reviewed } from './facts';

/** Days that matter to the opening of VN-2022, close together so that facts meet on one day. */
const DAYS = [
  ...['2021-08-31', '2021-09-01', '2021-11-30', '2021-12-31', '2022-01-01', '2022-01-02', '2022-02-28'],
  ...['2022-03-01', '2022-08-31', '2022-09-01', '2022-09-02', '2022-12-31'],
];

/** Every day that random facts name, with its neighbours. */
export const RANDOM_DAYS: readonly PlainDate[] = [
  ...new Set(DAYS.flatMap((text) => [-1, 0, 1].map((step) => addDays(parseDay(text), step)))),
].sort();

export const RANDOM_GROUPS = ['ethnic-minority', 'local-ethnic-minority', 'merit'];
export const RANDOM_STANDARDS = ['VN-2016', 'VN-2022'];

/**
 * Facts in order of arrival, as the fold may meet them: late, several on one day, outside the life, and
 * statuses that no decider would have let pass. The registration arrives first.
 */
export function randomFacts(
  places: readonly [UnitId, ...UnitId[]],
): fc.Arbitrary<readonly [HouseholdFact, ...HouseholdFact[]]> {
  const place = fc.constantFrom(...places);
  const on = fc.constantFrom(...DAYS);
  const standard = fc.constantFrom(...RANDOM_STANDARDS);
  const channel = fc.constantFrom(...CHANNELS);
  const members = fc.integer({ min: 1, max: 6 });
  const groups = fc.subarray(RANDOM_GROUPS);
  const some = fc.record({ members, groups }, { requiredKeys: [] });
  const settled = fc.record({ members }, { requiredKeys: [] });

  const review = fc
    .tuple(fc.constantFrom(...STATUSES), on, standard, channel, some)
    .map(([outcome, when, under, by, more]): HouseholdFact =>
      reviewed(outcome, when, { standard: under, channel: by, ...more }),
    );
  const escape = fc
    .tuple(fc.constantFrom('near-poor' as const, 'above' as const), on, standard)
    .map(([to, when, under]): HouseholdFact => escaped(to, when, { standard: under }));
  const flag = fc
    .tuple(on, standard)
    .map(([when, under]): HouseholdFact => flagged(when, { standard: under }));
  const move = fc.tuple(place, on, settled).map(([to, when, more]): HouseholdFact => moved(to, when, more));
  const details = fc.tuple(on, some).map(([when, more]): HouseholdFact => changed(when, more));
  const end = on.map((when): HouseholdFact => dissolved(when));
  const later = fc.oneof(
    { weight: 8, arbitrary: review },
    { weight: 4, arbitrary: escape },
    { weight: 2, arbitrary: flag },
    { weight: 4, arbitrary: move },
    { weight: 3, arbitrary: details },
    { weight: 1, arbitrary: end },
  );
  return fc
    .tuple(
      fc.constantFrom('2021-08-01', '2021-08-01', ...DAYS),
      place,
      members,
      groups,
      fc.array(later, { maxLength: 14 }),
    )
    .map(([when, home, count, of, rest]) => [
      registered(when, { place: home, members: count, groups: of }),
      ...rest,
    ]);
}
