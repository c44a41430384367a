import type { BareFact } from '@ledger/households';
import { bareOf } from '@ledger/households';
import { addDays } from '@ledger/kernel';
import fc from 'fast-check';
import { DAK_SAK, LAT, LONG_SON, randomFacts } from '../../../households/src/testing';
import { difference } from '../ledger/movement';
import { inAnyOrder } from '../testing';
import { day } from '../testing/sample-batches';
import type { Known } from '../read-store';
import { bookedBy, contributionOf, journalOf } from './household-journal';

/** Facts as they arrive, several on one recorded day: in any order, or mostly in the order of their days. */
const known: fc.Arbitrary<readonly Known<BareFact>[]> = fc
  .tuple(
    randomFacts([LONG_SON, DAK_SAK, LAT]),
    fc.array(fc.constantFrom(0, 0, 1, 9), { minLength: 15, maxLength: 15 }),
    fc.constantFrom('as they come', 'sorted', 'sorted but for the last'),
  )
  .map(([[first, ...rest], steps, order]) => {
    const last = order === 'sorted but for the last' ? rest.slice(-1) : [];
    const others = rest.slice(0, rest.length - last.length);
    if (order !== 'as they come') others.sort((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1));
    let recordedOn = day('2023-01-01');
    return [first, ...others, ...last].map((fact, index) => {
      recordedOn = addDays(recordedOn, steps[index] ?? 0);
      return { fact: bareOf(fact), recordedOn };
    });
  });

/** The plain way: the whole fold again after every recorded day. */
function dayByDay(facts: readonly Known<BareFact>[]) {
  const days = [...new Set(facts.map(({ recordedOn }) => recordedOn))];
  return days.flatMap((recordedOn) => {
    const before = contributionOf(facts.filter((fact) => fact.recordedOn < recordedOn));
    const after = contributionOf(facts.filter((fact) => fact.recordedOn <= recordedOn));
    return difference(before, after).map((line) => ({ ...line, household: 'h-1', recordedOn }));
  });
}

it('The journal of a household is what a fold after every recorded day books', () => {
  fc.assert(
    fc.property(known, (facts) => {
      expect(inAnyOrder(journalOf({ id: 'h-1', facts, listed: null }))).toEqual(inAnyOrder(dayByDay(facts)));
    }),
    { numRuns: 1_500 },
  );
});

it('What arriving facts book is the difference between two whole folds, wherever the facts are cut', () => {
  fc.assert(
    fc.property(known, fc.nat(14), (facts, cut) => {
      const before = facts.slice(0, cut);
      const booked = bookedBy(before, facts);
      expect(inAnyOrder(booked)).toEqual(
        inAnyOrder(difference(contributionOf(before), contributionOf(facts))),
      );
    }),
    { numRuns: 1_500 },
  );
});
