import fc from 'fast-check';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { addDays, dayBefore, earlierOf } from '@ledger/kernel';
import type { ChildrenFlowsAnswer, FactLog, Flows, Knowledge } from '@ledger/poverty-rates';
import {
  childrenFlows,
  completenessOf,
  flowsOf,
  Librarian,
  ratesOf,
  rePovertyOf,
} from '@ledger/poverty-rates';
import { InMemoryReadStore } from '@ledger/poverty-rates/testing';
import { requireStandard } from '@ledger/standards';
import type { Flows as OracleFlows } from '../oracle/columns';
import type { Known } from '../oracle/days';
import {
  ALL_KNOWN,
  FIRST_DAY,
  GROUPS_ASKED,
  histories,
  LAST_DAY,
  STANDARDS_ASKED,
} from '../oracle/histories';
import type { Books } from '../oracle/oracle';
import { asKnownOn } from '../oracle/oracle';
import type { Act } from '../oracle/tree';
import { COMMUNES, COUNTRY, DISTRICTS, MERGED, PROVINCES, treeKnownOn } from '../oracle/tree';
import { logOf, project } from './product';

/** How many random histories; raised by hand, e.g. `HISTORIES=100000 npm run jest -- test/properties`. */
const HISTORIES = Number(process.env['HISTORIES'] ?? 2_000);
const SEED = process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) };

const UNITS: readonly UnitId[] = [COUNTRY, ...PROVINCES, ...DISTRICTS, ...COMMUNES];
const someDay = fc.integer({ min: -20, max: 578 }).map((days) => addDays(FIRST_DAY, days));

const questions = fc.record({
  unit: fc.constantFrom(...UNITS),
  standard: fc.constantFrom(...STANDARDS_ASKED),
  group: fc.constantFrom('all', 'all', ...GROUPS_ASKED),
  days: fc.tuple(someDay, someDay).map(([a, b]) => (a <= b ? { from: a, to: b } : { from: b, to: a })),
  withinYears: fc.constantFrom(1, 3),
});
type Question = typeof questions extends fc.Arbitrary<infer Value> ? Value : never;

const cases = fc.record({
  history: histories(),
  sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
  knownOn: fc.array(
    fc.integer({ min: 0, max: 1_300 }).map((days) => addDays(FIRST_DAY, days)),
    { minLength: 1, maxLength: 2 },
  ),
  questions: fc.array(questions, { minLength: 6, maxLength: 10 }),
});

/** The places that only merges make are not there without merges. */
const living = (place: UnitId): UnitId => COMMUNES[MERGED.indexOf(place)] ?? place;

function withoutMergedPlaces(known: readonly Known[]): readonly Known[] {
  return known.map((each) => {
    const { fact } = each;
    if (fact.type === 'HouseholdRegistered') return { ...each, fact: { ...fact, place: living(fact.place) } };
    return fact.type === 'HouseholdMoved' ? { ...each, fact: { ...fact, to: living(fact.to) } } : each;
  });
}

const abolitionsOf = (acts: readonly Act[]): readonly Act[] =>
  acts.filter(({ type }) => type === 'abolition');

/** Rates and flows are answered from the read models alone. */
const NO_LOG: FactLog = {
  read: () => Promise.reject(new Error('no papers are asked for')),
};

describe('the ledger against the oracle', () => {
  let compared = 0;

  it(`gives the oracle's answer for any day, as known on any day (${HISTORIES} random histories)`, async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ history, sizes, knownOn, questions: asked }) => {
        const known = withoutMergedPlaces(history.known);
        const acts = abolitionsOf(history.acts);
        const store = new InMemoryReadStore();
        await project(store, logOf(known, acts), sizes);
        const librarian = new Librarian(store, NO_LOG);
        for (const day of [undefined, ...knownOn]) {
          const asOf = day ?? ALL_KNOWN;
          const books = asKnownOn(known, asOf, treeKnownOn(acts, asOf), LAST_DAY);
          const today = ALL_KNOWN;
          await librarian.ask({ today, ...(day && { knownOn: day }) }, async (knowledge) => {
            for (const question of asked) await compare(knowledge, books, question);
          });
          compared += asked.length;
        }
      }),
      { numRuns: HISTORIES, ...SEED },
    );
  }, 3_600_000);

  afterAll(() =>
    process.stdout.write(
      `ledger: ${HISTORIES} histories, ${compared} sets of answers compared with the oracle\n`,
    ),
  );
});

async function compare(
  knowledge: Knowledge,
  books: Books,
  { unit, standard: id, group, days, withinYears }: Question,
) {
  const standard = requireStandard(id);
  const { from, to } = days;
  const asked = { unit, standard: id, group };
  const clipped = (day: PlainDate): PlainDate => earlierOf(day, standard.appliesTo);
  const on = clipped(to);

  const rates = await ratesOf(knowledge, { unit, on: to, standard, group });
  const { households: poor, persons } = rates.poor;
  expect(poor === null ? null : { households: poor, persons }).toEqual(books.stock(asked, 'poor', on));
  const { households: nearPoor, persons: nearPersons } = rates.nearPoor;
  expect(nearPoor === null ? null : { households: nearPoor, persons: nearPersons }).toEqual(
    books.stock(asked, 'near-poor', on),
  );

  expect(await completenessOf(knowledge, unit, standard, group, on)).toEqual(books.completeness(asked, on));

  const flows = await flowsOf(knowledge, { unit, from, to, standard, group });
  const { closes, poor: poorFlows, nearPoor: nearPoorFlows } = flows;
  expect(closes).toBe(true);
  const expected = books.flows(asked, firstDay(from, standard.appliesTo), on);
  expect(figuresOf({ poor: poorFlows, nearPoor: nearPoorFlows, closes })).toEqual(figuresOf(expected));

  const below = await childrenFlows(knowledge, { unit, from, to, standard, group });
  if (below.children.length > 0) {
    const inside = (list: 'poor' | 'near-poor') =>
      books.movedInside(asked, list, firstDay(from, standard.appliesTo), on);
    expect(below.movedInside).toEqual({ poor: inside('poor'), nearPoor: inside('near-poor') });
    expectSum(below);
  }

  const rePoverty = await rePovertyOf(knowledge, {
    unit,
    from,
    to,
    on: LAST_DAY,
    standard,
    group,
    withinYears,
  });
  const inRange = { from, to: on, withinYears, on: LAST_DAY };
  const counted = books.rePoverty(asked, inRange);
  expect(rePoverty.ofAllHouseholds.numerator).toBe(counted.ofAllHouseholds.numerator);
  const counts = ({ numerator, denominator }: { numerator: number; denominator: number | null }) => ({
    numerator,
    denominator,
  });
  expect(counts(rePoverty.ofEscaped)).toEqual(counted.ofEscaped);
  expect(counts(rePoverty.cohort)).toEqual(counted.cohort);
}

/** A range that begins after the last day of its standard has no days. */
function firstDay(from: PlainDate, appliesTo: PlainDate): PlainDate {
  const opening = earlierOf(dayBefore(from), appliesTo);
  return addDays(opening, 1);
}

/** The same figures in the same order, whichever side names them. */
function figuresOf(flows: Flows | OracleFlows): object {
  return { poor: flows.poor, nearPoor: flows.nearPoor };
}

/** Column by column: what moved or passed inside the parent is on both sides of the children and on none of its. */
function expectSum({ children, parent, movedInside, boundaryInside }: ChildrenFlowsAnswer): void {
  const inside: Readonly<Record<string, ChildrenFlowsAnswer['movedInside']>> = {
    otherDecrease: movedInside,
    otherIncrease: movedInside,
    boundaryIn: boundaryInside,
    boundaryOut: boundaryInside,
  };
  for (const list of ['poor', 'nearPoor'] as const) {
    for (const counted of ['households', 'persons'] as const) {
      for (const column of Object.keys(parent[list][counted])) {
        const read = (flows: Flows): number =>
          (flows[list][counted] as Readonly<Record<string, number>>)[column] ?? NaN;
        const within = inside[column]?.[list][counted] ?? 0;
        const sum = children.map(read).reduce((one, other) => one + other, 0);
        expect({ column, sum }).toEqual({ column, sum: read(parent) + within });
      }
    }
  }
  for (const child of children) expect(child.closes).toBe(true);
}
