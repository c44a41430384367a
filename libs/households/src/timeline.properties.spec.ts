import { canonicalJson } from '@ledger/kernel';
import fc from 'fast-check';
import { spellsOf } from './spells';
import {
  DAK_SAK,
  LAT,
  LONG_SON,
  RANDOM_DAYS,
  RANDOM_STANDARDS,
  naiveSituationOn,
  randomFacts,
} from './testing';
import { situationOn, timelineOf } from './timeline';
import { transitionsBrought, transitionsOf } from './transitions';

const facts = randomFacts([LONG_SON, DAK_SAK, LAT]);
const RUNS = { numRuns: 500 };

it('A timeline says for every day what the bare facts say', () => {
  fc.assert(
    fc.property(facts, (history) => {
      const timeline = timelineOf(history);
      for (const day of RANDOM_DAYS) {
        const { village: _village, ...situation } = situationOn(timeline, day) ?? { place: null };
        expect(situation).toEqual(naiveSituationOn(history, day) ?? { place: null });
      }
    }),
    RUNS,
  );
});

it('Every fact is in the life or outside it, and the changes follow each other day by day', () => {
  fc.assert(
    fc.property(facts, (history) => {
      const { changes, living, outside } = timelineOf(history);
      expect(new Set([...living, ...outside])).toEqual(new Set(history));
      expect(living.length + outside.length).toBe(history.length);
      changes.forEach(({ on, before }, index) => {
        const previous = changes[index - 1];
        expect(before).toEqual(previous?.after ?? null);
        if (previous) expect(previous.on < on).toBe(true);
      });
    }),
    RUNS,
  );
});

it('Passages are the changes of status, one for each standard and day', () => {
  fc.assert(
    fc.property(facts, (history) => {
      for (const { before, after, passages } of timelineOf(history).changes) {
        const expected = RANDOM_STANDARDS.flatMap((standard) => {
          const from = before?.statuses[standard] ?? null;
          const to = after?.statuses[standard] ?? null;
          return from === to ? [] : [{ standard, from, to }];
        });
        const got = passages.map(({ standard, from, to }) => ({ standard, from, to }));
        expect(got.sort((a, b) => (a.standard < b.standard ? -1 : 1))).toEqual(expected);
      }
    }),
    RUNS,
  );
});

it('Spells under a standard cover the days with a status, once each, with the right place', () => {
  fc.assert(
    fc.property(facts, (history) => {
      const spells = spellsOf(timelineOf(history));
      for (const standard of RANDOM_STANDARDS) {
        for (const day of RANDOM_DAYS) {
          const situation = naiveSituationOn(history, day);
          const status = situation?.statuses[standard];
          const here = spells.filter(
            (spell) =>
              spell.standard === standard && spell.from <= day && (spell.to === null || day <= spell.to),
          );
          const expected = situation && status ? [{ status, place: situation.place }] : [];
          expect(here.map(({ status: of, place }) => ({ status: of, place }))).toEqual(expected);
        }
      }
    }),
    RUNS,
  );
});

it('The last fact brings what was not there before it, and nothing that was', () => {
  fc.assert(
    fc.property(facts, (history) => {
      const without = history.slice(0, -1);
      const had = transitionsOf(without).map(canonicalJson);
      const has = transitionsOf(history).map(canonicalJson);
      const brought = transitionsBrought(without, history).map(canonicalJson);
      expect(brought).toEqual(has.filter((transition) => !had.includes(transition)));
      expect(new Set(has).size).toBe(has.length);
      expect(transitionsBrought(history, history)).toEqual([]);
    }),
    RUNS,
  );
});
