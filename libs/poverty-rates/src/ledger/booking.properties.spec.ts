import type { UnitFact } from '@ledger/areas';
import { COUNTRY, UnitTree } from '@ledger/areas';
import { timelineOf } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { addDays, unitId } from '@ledger/kernel';
import fc from 'fast-check';
import { created } from '../../../areas/src/testing/units';
import { RANDOM_DAYS, day, randomFacts } from '../../../households/src/testing';
import type { Booking } from './booking';
import { bookingsOf } from './booking';
import { kindOf, listOf } from './columns';
import type { Amount, Movement } from './movement';
import { isNothing, NOTHING, plus } from './movement';
import { movementsOf } from './movements-of';

const START = day('2004-01-01');
const PROVINCES = ['67', '68'].map((code) => unitId(code, START));
const RUNS = { numRuns: 250 };

const anyDay = fc.constantFrom(...RANDOM_DAYS);
const life = fc.record({
  from: fc.oneof({ weight: 3, arbitrary: fc.constant(START) }, { weight: 1, arbitrary: anyDay }),
  to: fc.option(anyDay, { nil: undefined, freq: 2 }),
});

/** Two provinces, three districts and five communes that begin and end on the days of the facts. */
const lands = fc
  .record({
    districts: fc.array(fc.record({ life, parent: fc.constantFrom(...PROVINCES) }), {
      minLength: 3,
      maxLength: 3,
    }),
    communes: fc.array(fc.record({ life, parent: fc.nat(4) }), { minLength: 5, maxLength: 5 }),
  })
  .map(({ districts, communes }) => {
    const middle = districts.map(({ life: { from, to }, parent }, index) =>
      created(unitId(`66${index}`, from), parent, ending(from, to)),
    );
    const above = [...middle.map(({ unit }) => unit), ...PROVINCES];
    const small = communes.map(({ life: { from, to }, parent }, index) =>
      created(unitId(`2467${index}`, from), above[parent] as UnitId, ending(from, to)),
    );
    const facts: readonly UnitFact[] = [...PROVINCES.map((unit) => created(unit)), ...middle, ...small];
    return { facts, places: small.map(({ unit }) => unit) as [UnitId, ...UnitId[]] };
  });

const ending = (from: PlainDate, to: PlainDate | undefined) =>
  to === undefined || to < from ? {} : { validTo: to };

/** A land, and a household that moves about in it. */
const stories = lands.chain(({ facts, places }) =>
  randomFacts(places).map((history) => {
    const tree = UnitTree.of(facts);
    const movements = movementsOf(timelineOf(history));
    const units = [COUNTRY, ...facts.flatMap((fact) => (fact.type === 'UnitCreated' ? [fact.unit] : []))];
    return { tree, units, movements, bookings: movements.flatMap((movement) => bookingsOf(tree, movement)) };
  }),
);

type Line = Pick<Movement, 'standard' | 'group' | 'column'> & Amount;

/** Sums by a key, without those that are nothing. */
function sums<Of extends Line>(lines: readonly Of[], keyOf: (line: Of) => string): Record<string, Amount> {
  const found: Record<string, Amount> = {};
  for (const line of lines) found[keyOf(line)] = plus(found[keyOf(line)] ?? NOTHING, line);
  return Object.fromEntries(Object.entries(found).filter(([, amount]) => !isNothing(amount)));
}

const byList = ({ standard, group, column }: Line) => [standard, group, listOf(column)].join();
const byColumn = ({ standard, group, column }: Line) => [standard, group, column].join();
const isStock = ({ column }: Line) => listOf(column) !== 'campaign';

it('What is booked on a unit up to a day is what its places hold on that day', () => {
  fc.assert(
    fc.property(stories, ({ tree, units, movements, bookings }) => {
      for (const on of RANDOM_DAYS) {
        for (const unit of units) {
          const ofUnit = bookings.filter(
            (line) => line.unit === unit && line.effectiveOn <= on && isStock(line),
          );
          const inPlaces = movements.filter(
            (line) =>
              line.effectiveOn <= on && tree.unitsOfPlace(line.place, on).includes(unit) && isStock(line),
          );
          expect(sums(ofUnit, byList)).toEqual(sums(inPlaces, byList));
        }
      }
    }),
    RUNS,
  );
});

it('The children of a unit add up to the unit and what moved inside it, column by column and day by day', () => {
  fc.assert(
    fc.property(stories, ({ tree, units, movements, bookings }) => {
      const flows = bookings.filter((line) => isStock(line) && !kindOf(line.column).startsWith('boundary'));
      for (const on of new Set(flows.map(({ effectiveOn }) => effectiveOn))) {
        for (const unit of units) {
          const children = tree.childrenOn(unit, on).map(({ id }) => id);
          if (children.length === 0) continue;
          const holds = (place: UnitId) => tree.unitsOfPlace(place, on).includes(unit);
          const childOf = (place: UnitId) => tree.unitsOfPlace(place, on).find((id) => children.includes(id));
          const movedInside = movements.filter(
            ({ effectiveOn, place, counterpart }) =>
              effectiveOn === on &&
              counterpart !== null &&
              holds(place) &&
              holds(counterpart) &&
              childOf(place) !== childOf(counterpart),
          );
          const of = (...ids: readonly UnitId[]) =>
            flows.filter((line) => line.effectiveOn === on && ids.includes(line.unit));
          const parent: readonly (Booking | Movement)[] = [...of(unit), ...movedInside];
          expect(sums(of(...children), byColumn)).toEqual(sums(parent, byColumn));
        }
      }
    }),
    RUNS,
  );
});

it('Stock enters and leaves a unit by a boundary only on days on which its places change', () => {
  fc.assert(
    fc.property(stories, ({ tree, bookings }) => {
      const atBoundary = bookings.filter(({ column }) => kindOf(column).startsWith('boundary'));
      for (const { unit, effectiveOn } of atBoundary) {
        expect(tree.boundaryChanges(unit, addDays(effectiveOn, -1), effectiveOn)).toEqual([effectiveOn]);
      }
    }),
    RUNS,
  );
});
