import type { PlainDate } from '@ledger/kernel';
import { addDays, dayAfter, dayBefore, earlierOf, parseDay } from '@ledger/kernel';
import fc from 'fast-check';
import type { Column, Count, Flows, List } from './columns';
import { NEAR_POOR_COLUMNS, POOR_COLUMNS } from './columns';
import type { RandomHistory } from './histories';
import {
  ALL_KNOWN,
  FIRST_DAY,
  GROUPS_ASKED,
  LAST_DAY,
  STANDARDS_ASKED,
  UNITS_ASKED,
  histories,
} from './histories';
import type { Asked, Books } from './oracle';
import { asKnownOn } from './oracle';
import { COUNTRY, DISTRICTS, PROVINCES, childrenOf, treeKnownOn } from './tree';

const END = addDays(LAST_DAY, 30);
const LISTS = ['poor', 'near-poor'] as const;
const IN_BOTH = ['households', 'persons'] as const;

const unit = fc.constantFrom(...UNITS_ASKED);
const EVERYBODY = STANDARDS_ASKED.flatMap((standard) => GROUPS_ASKED.map((group) => ({ standard, group })));
const asked = fc.record({
  unit,
  standard: fc.constantFrom(...STANDARDS_ASKED),
  group: fc.constantFrom(...GROUPS_ASKED),
});
const range = fc
  .tuple(fc.nat(600), fc.nat(600))
  .map(([a, b]) => ({ from: addDays(FIRST_DAY, Math.min(a, b)), to: addDays(FIRST_DAY, Math.max(a, b)) }));
const lateDay = fc.nat(900).map((days) => addDays(FIRST_DAY, days));

const read = ({ known, acts }: RandomHistory, knownOn: PlainDate): Books =>
  asKnownOn(known, knownOn, treeKnownOn(acts, knownOn), END);

const column = (flows: Flows, list: List, measure: keyof Count, name: Column): number => {
  const table: Partial<Record<Column, number>> = (list === 'poor' ? flows.poor : flows.nearPoor)[measure];
  return table[name] ?? 0;
};
const columnsOf = (list: List): readonly Column[] => (list === 'poor' ? POOR_COLUMNS : NEAR_POOR_COLUMNS);

/** What takes away from the list; everything else but opening and closing adds to it. */
const DECREASES: readonly Column[] = [
  ...(['boundaryOut', 'escapedToNearPoor', 'escapedAbove', 'becamePoor', 'otherDecrease'] as const),
];
/** By the tree of the day before: a child that changes its parent brings no boundary of its own. */
const OF_THE_MORNING: readonly Column[] = ['opening', 'boundaryIn', 'boundaryOut'];

const RUNS = { numRuns: 150 };

describe('for any history, as known on any day', () => {
  it('closes every flow, in households and in persons', () => {
    fc.assert(
      fc.property(histories(), unit, range, lateDay, (history, unit, { from, to }, knownOn) => {
        const books = read(history, knownOn);
        for (const who of EVERYBODY) {
          const flows = books.flows({ unit, ...who }, from, to);
          for (const list of LISTS) {
            for (const measure of IN_BOTH) {
              const sum = columnsOf(list).reduce((total, name) => {
                const sign = name === 'closing' ? 0 : DECREASES.includes(name) ? -1 : 1;
                return total + sign * column(flows, list, measure, name);
              }, 0);
              expect(sum).toBe(column(flows, list, measure, 'closing'));
            }
          }
        }
      }),
      RUNS,
    );
  });

  it('prints the same passages on form 2 and on form 3', () => {
    fc.assert(
      fc.property(histories(), asked, range, (history, who, { from, to }) => {
        const flows = read(history, ALL_KNOWN).flows(who, from, to);
        for (const measure of IN_BOTH) {
          const { poor, nearPoor } = { poor: flows.poor[measure], nearPoor: flows.nearPoor[measure] };
          expect(poor.escapedToNearPoor).toBe(nearPoor.becameNearPoorFromPoor);
          expect(poor.becamePoorFromNearPoor).toBe(nearPoor.becamePoor);
        }
      }),
      RUNS,
    );
  });

  it('adds two periods up to the one that they make', () => {
    fc.assert(
      fc.property(histories(), asked, range, fc.nat(600), (history, who, { from, to }, days) => {
        const books = read(history, ALL_KNOWN);
        const middle = addDays(from, days);
        fc.pre(middle < to);
        const [whole, early, late] = [
          books.flows(who, from, to),
          books.flows(who, from, middle),
          books.flows(who, dayAfter(middle), to),
        ];
        for (const list of LISTS) {
          for (const name of columnsOf(list).filter((each) => each !== 'opening' && each !== 'closing')) {
            for (const measure of IN_BOTH) {
              const [a, b] = [column(early, list, measure, name), column(late, list, measure, name)];
              expect([name, a + b]).toEqual([name, column(whole, list, measure, name)]);
            }
          }
          expect(column(early, list, 'persons', 'closing')).toBe(column(late, list, 'persons', 'opening'));
        }
      }),
      RUNS,
    );
  });

  it('adds the children up to their parent and what moved inside it, as long as they are its children', () => {
    const parents = fc.constantFrom(COUNTRY, ...PROVINCES, ...DISTRICTS);
    fc.assert(
      fc.property(histories(), parents, range, (history, unit, { from, to: atMost }) => {
        const books = read(history, ALL_KNOWN);
        const acts = history.acts.map(({ on }) => on).filter((on) => from < on && on <= atMost);
        const to = acts.map(dayBefore).reduce(earlierOf, atMost);
        const children = childrenOf(unit, treeKnownOn(history.acts, ALL_KNOWN), from);
        for (const who of EVERYBODY) {
          const parent = books.flows({ unit, ...who }, from, to);
          const parts = children.map((child) => books.flows({ unit: child, ...who }, from, to));
          for (const list of LISTS) {
            const inside = books.movedInside({ unit, ...who }, list, from, to);
            for (const measure of IN_BOTH) {
              for (const name of columnsOf(list).filter((each) => !OF_THE_MORNING.includes(each))) {
                const total = parts.reduce((sum, part) => sum + column(part, list, measure, name), 0);
                const more = name === 'otherDecrease' || name === 'otherIncrease' ? inside[measure] : 0;
                expect([name, total]).toEqual([name, column(parent, list, measure, name) + more]);
              }
            }
          }
        }
      }),
      RUNS,
    );
  });

  it('does not answer otherwise for what was recorded later', () => {
    fc.assert(
      fc.property(histories(), asked, range, lateDay, (history, who, { from, to }, knownOn) => {
        const byThen: RandomHistory = {
          known: history.known.filter(({ recordedOn }) => recordedOn <= knownOn),
          acts: history.acts.filter(({ recordedOn }) => recordedOn <= knownOn),
        };
        const [then, now] = [read(byThen, ALL_KNOWN), read(history, knownOn)];
        expect(now.flows(who, from, to)).toEqual(then.flows(who, from, to));
        expect(now.stock(who, 'poor', to)).toEqual(then.stock(who, 'poor', to));
        expect(now.completeness(who, to)).toEqual(then.completeness(who, to));
      }),
      RUNS,
    );
  });

  it('never reviews more than it expects, nor finds more poor again than escaped', () => {
    fc.assert(
      fc.property(
        histories(),
        asked,
        range,
        fc.integer({ min: 1, max: 3 }),
        (history, who, period, years) => {
          const books = read(history, ALL_KNOWN);
          const { expected, reviewed } = books.completeness(who, period.to);
          expect(reviewed).toBeLessThanOrEqual(expected);
          const { cohort, ofAllHouseholds } = books.rePoverty(who, {
            ...period,
            withinYears: years,
            on: END,
          });
          expect(cohort.numerator).toBeLessThanOrEqual(cohort.denominator);
          const flows = books.flows(who, period.from, period.to).poor.households;
          expect(ofAllHouseholds.numerator).toBeLessThanOrEqual(flows.rePoor);
          expect(cohort.denominator).toBeLessThanOrEqual(flows.escapedAbove + flows.escapedToNearPoor);
        },
      ),
    );
  });
});

describe('the random histories', () => {
  const sample = fc.sample(histories(), { numRuns: 200, seed: 20220101 });

  it('reach every column of both forms, and both signs of an opening', () => {
    const reached = new Set<string>();
    for (const history of sample) {
      const books = read(history, ALL_KNOWN);
      const tables = UNITS_ASKED.flatMap((unit) =>
        [FIRST_DAY, ...['2021-11-01', '2022-01-01', '2022-06-15'].map(parseDay)].map((from, index, all) => {
          const next = all[index + 1];
          const to = next === undefined ? LAST_DAY : dayBefore(next);
          return books.flows({ unit, standard: 'VN-2022', group: 'all' }, from, to);
        }),
      );
      for (const flows of tables) {
        for (const list of LISTS) {
          for (const name of columnsOf(list)) {
            const households = column(flows, list, 'households', name);
            if (households !== 0) reached.add(`${list} ${name} ${households < 0 ? 'below' : 'above'} zero`);
          }
        }
      }
    }
    const everything = LISTS.flatMap((list) => [
      ...columnsOf(list).map((name) => `${list} ${name} above zero`),
      `${list} opened below zero`,
    ]);
    expect(everything.filter((each) => !reached.has(each))).toEqual([]);
  });

  it('are known late, out of order, several on a day, and outside the life often enough', () => {
    const share = (holds: (history: RandomHistory) => boolean) => sample.filter(holds).length / sample.length;
    const late = share(({ known }) => known.some(({ fact, recordedOn }) => fact.effectiveOn < recordedOn));
    const restated = share((history) => {
      const who: Asked = { unit: COUNTRY, standard: 'VN-2022', group: 'all' };
      const then = read(history, LAST_DAY).flows(who, FIRST_DAY, LAST_DAY);
      return (
        JSON.stringify(then) !== JSON.stringify(read(history, ALL_KNOWN).flows(who, FIRST_DAY, LAST_DAY))
      );
    });
    const sameDay = share(
      ({ known }) => new Set(known.map((each) => each.household + each.fact.effectiveOn)).size < known.length,
    );
    expect([late, restated, sameDay].map((each) => each > 0.5)).toEqual([true, true, true]);
  });
});
