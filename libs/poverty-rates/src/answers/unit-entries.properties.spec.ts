import type { UnitFact } from '@ledger/areas';
import { COUNTRY, UnitTree } from '@ledger/areas';
import { timelineOf } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { numberOfDay, unitId } from '@ledger/kernel';
import fc from 'fast-check';
import { created } from '../../../areas/src/testing/units';
import { RANDOM_DAYS, day, randomFacts } from '../../../households/src/testing';
import { bookingsOf } from '../ledger/booking';
import { movementsOf } from '../ledger/movements-of';
import { Book, BookWriter } from './book';
import { staysOf, UnitEntries } from './unit-entries';

const START = day('2004-01-01');
const PROVINCES = ['67', '68'].map((code) => unitId(code, START));

const anyDay = fc.constantFrom(...RANDOM_DAYS);
const life = fc.record({
  from: fc.oneof(fc.constant(START), anyDay),
  to: fc.option(anyDay, { nil: undefined, freq: 2 }),
});
const ending = (from: PlainDate, to: PlainDate | undefined) =>
  to === undefined || to < from ? {} : { validTo: to };

/** Two provinces, two districts and four communes that begin and end on the days of the facts. */
const lands = fc
  .record({
    districts: fc.array(fc.record({ life, parent: fc.constantFrom(...PROVINCES) }), {
      ...{ minLength: 2, maxLength: 2 },
    }),
    communes: fc.array(fc.record({ life, parent: fc.nat(3) }), { minLength: 4, maxLength: 4 }),
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

/** A land, and what a household that moves about in it is booked for. */
const stories = lands.chain(({ facts, places }) =>
  randomFacts(places).map((history) => ({
    tree: UnitTree.of(facts),
    units: [COUNTRY, ...facts.flatMap((fact) => (fact.type === 'UnitCreated' ? [fact.unit] : []))],
    movements: movementsOf(timelineOf(history)),
  })),
);

describe('The entries of a unit', () => {
  it('are what booking its movements makes of them, whatever begins, ends or moves', () => {
    fc.assert(
      fc.property(stories, ({ tree, units, movements }) => {
        for (const unit of units) {
          const booked = new BookWriter();
          const entered = new BookWriter();
          const entries = new UnitEntries(tree, unit, entered);
          for (const movement of movements) {
            for (const { column, effectiveOn, ...booking } of bookingsOf(tree, movement)) {
              if (booking.unit !== unit) continue;
              booked.add(column, numberOfDay(effectiveOn), booking.households, booking.persons);
            }
            const { place, column, effectiveOn, counterpart, households, persons } = movement;
            const stays = staysOf(tree, place, unit);
            entries.enter(stays, column, numberOfDay(effectiveOn), counterpart, households, persons);
          }
          expect(entered.columns).toEqual(booked.columns);
          expect(Book.of(entered)).toEqual(Book.of(booked));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('see a place without a break where only the unit between them is gone', () => {
    const [province] = PROVINCES as [UnitId];
    const [district, commune] = [unitId('660', START), unitId('24670', START)];
    const tree = UnitTree.of([
      created(province),
      created(district, province, { validTo: day('2025-06-30') }),
      created(commune, district),
    ]);
    expect(tree.periodsOfPlace(commune)).toHaveLength(2);
    expect(staysOf(tree, commune, province)).toEqual([
      { from: numberOfDay(START), to: numberOfDay(day('9999-12-31')) },
    ]);
    expect(staysOf(tree, commune, district)).toEqual([
      { from: numberOfDay(START), to: numberOfDay(day('2025-06-30')) },
    ]);
  });
});
