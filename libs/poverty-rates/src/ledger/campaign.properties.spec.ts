import type { HouseholdFact } from '@ledger/households';
import { timelineOf } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import fc from 'fast-check';
import {
  DAK_SAK,
  LONG_SON,
  RANDOM_DAYS,
  naiveSituationOn,
  randomFacts,
} from '../../../households/src/testing';
import { campaignMarks } from './campaign';

const PLACES: readonly [UnitId, ...UnitId[]] = [LONG_SON, DAK_SAK];

/** Written out for the days of the random facts, from rule 16 alone: where the campaign of a day begins. */
const beginOf = (day: PlainDate): string =>
  day >= '2022-09-01' ? '2022-09-01' : day >= '2021-09-01' ? '2021-09-01' : '2020-09-01';
/** Under which standard the expected of VN-2022 are listed; VN-2022 opened in the campaign of 2021. */
const LISTED: Readonly<Record<string, string>> = { '2022-09-01': 'VN-2022', '2021-09-01': 'VN-2016' };

interface Completeness {
  readonly expected: boolean;
  readonly reviewed: boolean;
}

/** Completeness of VN-2022 on a day, read from the bare facts of one household. */
function naiveCompleteness(facts: readonly HouseholdFact[], day: PlainDate): Record<string, Completeness> {
  const begin = beginOf(day);
  const eve = [...RANDOM_DAYS].reverse().find((other) => other < begin);
  const situation = eve === undefined ? null : naiveSituationOn(facts, eve);
  const status = situation?.statuses[LISTED[begin] ?? ''];
  if (!situation || (status !== 'poor' && status !== 'near-poor')) return {};
  const expected = naiveSituationOn(facts, day) !== null;
  const reviewed =
    expected &&
    facts.some(
      (fact) =>
        'standard' in fact &&
        fact.standard === 'VN-2022' &&
        begin <= fact.effectiveOn &&
        fact.effectiveOn <= day,
    );
  return Object.fromEntries(
    ['all', ...situation.groups].map((group) => [`${situation.place} ${group}`, { expected, reviewed }]),
  );
}

it('Those expected and those reviewed are what the bare facts say, in the place and groups of the eve', () => {
  fc.assert(
    fc.property(randomFacts(PLACES), (facts) => {
      const marks = campaignMarks(timelineOf(facts)).filter(({ standard }) => standard === 'VN-2022');
      for (const day of RANDOM_DAYS) {
        const sum = (key: string, column: string): number =>
          marks
            .filter((mark) => mark.column === column && `${mark.place} ${mark.group}` === key)
            .filter(({ effectiveOn }) => beginOf(day) <= effectiveOn && effectiveOn <= day)
            .reduce((total, { households }) => total + households, 0);
        const naive = naiveCompleteness(facts, day);
        const counted = Object.fromEntries(
          Object.keys(naive).map((key) => [
            key,
            { expected: sum(key, 'campaign.dissolved') === 0, reviewed: sum(key, 'campaign.reviewed') === 1 },
          ]),
        );
        expect(counted).toEqual(naive);
        const others = marks.filter(({ effectiveOn }) => beginOf(day) <= effectiveOn && effectiveOn <= day);
        for (const { place, group } of others) expect(Object.keys(naive)).toContain(`${place} ${group}`);
      }
    }),
    { numRuns: 500 },
  );
});
