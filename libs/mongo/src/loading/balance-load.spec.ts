import { keyOf } from '@ledger/poverty-rates';
import { numberOfDay, parseDay } from '@ledger/kernel';
import { codeOf } from '@ledger/poverty-rates';
import fc from 'fast-check';
import { describeOnMongo, onServer } from '../../../../test/servers/mongodb';
import type { BalanceDocument } from '../documents/balances';
import { bookingsIn } from '../documents/balances';
import { BalanceLoad } from './balance-load';
import { keyIn } from './balance-years';
import { InsertQueue } from './insert-queue';

const YEAR = 2023;
const dayOfYear = (day: string): number =>
  numberOfDay(parseDay(day)) - numberOfDay(parseDay(`${YEAR}-01-01`));

/** A unit, a day, and how many households. */
const sum = fc.record({
  unit: fc.integer({ min: 1, max: 4 }),
  day: fc.constantFrom('2023-01-01', '2023-03-31', '2023-12-31'),
  households: fc.integer({ min: -1, max: 1 }).filter((count) => count !== 0),
});

describeOnMongo('balances that are loaded into MongoDB', (mongo) => {
  it('add up whatever comes again late, also when too many are kept, and to nothing', async () => {
    await onServer(mongo.url, (client) =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(sum, { maxLength: 4 }), { maxLength: 12, size: 'max' }),
          fc.constantFrom(3, 9, 1_000),
          async (chunks, mostKept) => {
            const balances = client.db().collection<BalanceDocument>('some_balances');
            await balances.deleteMany({});
            const keys = (unit: number) => keyIn(`unit ${unit}`, 'VN-2022', 'all', YEAR);
            const load = new BalanceLoad(balances, new InsertQueue(), keys, mostKept);
            const expected = new Map<string, number>();
            for (const chunk of chunks) {
              load.add(
                Int32Array.from(
                  chunk.flatMap(({ unit, day, households }) => {
                    const key = keyOf(dayOfYear(day), codeOf('poor.rePoor'));
                    return [unit, 1, 0, YEAR, 3, key, households, 0];
                  }),
                ),
              );
              for (const { unit, day, households } of chunk) {
                const key = `unit ${unit} ${day}`;
                expected.set(key, (expected.get(key) ?? 0) + households);
              }
            }
            await load.finish();
            const found = await balances.find().toArray();
            const told = found
              .flatMap(bookingsIn)
              .map(({ unit, effectiveOn, households }) => [`${unit} ${effectiveOn}`, households]);
            expect(new Map(told as [string, number][])).toEqual(
              new Map([...expected].filter(([, households]) => households !== 0)),
            );
            expect(found.every((year) => bookingsIn(year).length > 0)).toBe(true);
          },
        ),
        { numRuns: 100 },
      ),
    );
  });

  it('tell what an insert has failed with, and send nothing more', async () => {
    await onServer(mongo.url, async (client) => {
      const collection = client.db().collection<{ _id: number }>('twice');
      const queue = new InsertQueue();
      queue.add(collection, { _id: 1 });
      queue.add(collection, { _id: 1 });
      await expect(queue.emptied()).rejects.toThrow(/E11000/);
      await expect(queue.drained()).rejects.toThrow(/E11000/);
    });
  });
});
