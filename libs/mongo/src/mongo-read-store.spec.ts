import { setTimeout as sleep } from 'node:timers/promises';
import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import type { ReadModelBatch } from '@ledger/poverty-rates';
import { positionIn, Projector } from '@ledger/poverty-rates';
import {
  at,
  booking,
  day,
  dumpOf,
  EMPTY_BATCH,
  entry,
  everythingIn,
  FULL_BATCH,
  HERE,
  household,
  InMemoryReadStore,
  pagesOf,
  projected,
  randomBatch,
  randomLog,
  randomSizes,
  recorded,
  tornLog,
  writeNext,
} from '@ledger/poverty-rates/testing';
import fc from 'fast-check';
import type { Db } from 'mongodb';
import { describeOnMongo, dropDatabase, onServer } from '../../../test/servers/mongodb';
import type { MongoReadStore } from './mongo-read-store';
import { openMongoReadStore } from './open';
import { requireNoEmptyDocuments } from './testing/no-empty-documents';

describeOnMongo('the read models in MongoDB', (mongo) => {
  let store: MongoReadStore;

  beforeEach(async () => {
    store = await openMongoReadStore(mongo.url);
  });

  afterEach(async () => {
    await store.close();
    await dropDatabase(mongo.url);
  });

  async function startAgain(): Promise<void> {
    await store.close();
    await dropDatabase(mongo.url);
    store = await openMongoReadStore(mongo.url);
  }

  it('hold what the read models in memory hold after the same batches, row by row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomBatch, { maxLength: 6 }), async (batches) => {
        await startAgain();
        const inMemory = new InMemoryReadStore();
        for (const batch of batches) {
          await writeNext(inMemory, batch);
          await writeNext(store, batch);
        }
        expect(await dumpOf(store)).toEqual(inMemory.dump());
        await requireNoEmptyDocuments(mongo.url);
      }),
      { numRuns: 30 },
    );
  });

  it('hold what the read models in memory hold after the same log, in other pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(randomLog, tornLog), randomSizes, async (entries, sizes) => {
        await startAgain();
        for (const page of pagesOf(recorded(entries), ...sizes)) await new Projector(store).project(page);
        expect(await dumpOf(store)).toEqual((await projected(entries)).dump());
        await requireNoEmptyDocuments(mongo.url);
      }),
      { numRuns: 15 },
    );
  });

  describe('a batch that cannot be kept', () => {
    const unspeakable = household('h-9', {
      facts: [{ fact: { type: 1n }, recordedOn: '2023-01-05' }] as never,
    });
    const failing: Record<string, Partial<ReadModelBatch>> = {
      'a fact that JSON cannot carry': { households: [household('h-8'), unspeakable] },
      'an amount that is no number': { balances: [booking(), booking({ persons: Number.NaN })] },
      'half a household': { journal: [entry({ household: 'h-8' }), entry({ households: 0.5 })] },
      'a column that nobody knows': { journal: [entry({ column: 'poor.forgotten' as 'poor.opened' })] },
      'a balance in a column that nobody knows': { balances: [booking({ column: '$where.x' as never })] },
      'a total that JSON cannot carry': { totals: [{ fact: { households: 1n } } as never] },
      'a parked stream without a name': { parked: [{ stream: null } as never] },
    };

    it.each(Object.entries(failing))('leaves nothing behind: %s', async (_what, content) => {
      await store.write(FULL_BATCH);
      const before = await dumpOf(store);
      const next = { position: at(10), lastDay: null };
      const batch = { ...FULL_BATCH, ...content, from: at(9), checkpoint: next };
      await expect(store.write(batch)).rejects.toThrow();
      expect(await dumpOf(store)).toEqual(before);
      await store.write({ ...EMPTY_BATCH, from: at(9), checkpoint: next });
    });
  });

  it('keep texts that look like fields, operators or ids', async () => {
    const texts = [
      '$where',
      'a.b',
      'a|b',
      'a\\|b',
      '__proto__',
      'constructor',
      'nul\0nul',
      '🌾',
      '{"$gt":""}',
    ];
    const facts = (text: string) => [
      {
        fact: {
          ...{ type: 'ReviewRecorded', effectiveOn: day('2024-02-29'), channel: text, outcome: 'poor' },
          ...{ standard: text, groups: texts },
        } as never,
        recordedOn: day('2024-03-01'),
      },
    ];
    const content = {
      journal: texts.map((text) => entry({ household: text, standard: text, group: text })),
      balances: texts.map((text) => booking({ standard: text, group: text })),
      households: texts.map((text) =>
        household(text, { facts: facts(text), listed: { place: HERE, number: text } }),
      ),
    };
    const inMemory = new InMemoryReadStore();
    for (const one of [inMemory, store]) {
      await writeNext(one, content);
      await writeNext(one, content);
    }
    expect(await dumpOf(store)).toEqual(inMemory.dump());
    for (const text of texts)
      expect(await store.snapshot((models) => models.listedAs([HERE], text))).toEqual([text]);
  });

  it('may be opened by many at the same time, the first time too', async () => {
    await dropDatabase(mongo.url);
    const many = await Promise.all(Array.from({ length: 6 }, () => openMongoReadStore(mongo.url)));
    const [first, ...others] = many as [MongoReadStore, ...MongoReadStore[]];
    await first.write(FULL_BATCH);
    const all = await everythingIn(first);
    // What is acknowledged to one is seen by everyone at once.
    for (const other of others) expect(await everythingIn(other)).toEqual(all);
    for (let count = 0; count < 20; count++) {
      await writeNext(first, { journal: [entry({ household: `h-${count}` })] });
      const positions = await Promise.all(
        others.map((other) => other.snapshot(async (models) => (await models.checkpoint()).position)),
      );
      expect(new Set(positions)).toEqual(new Set([at(10 + count)]));
    }
    await Promise.all(many.map((one) => one.close()));
  });

  it('are in the database that the URL names, or the caller', async () => {
    expect(store.url).toMatch(new RegExp(`^mongodb://127.0.0.1:\\d+/${mongo.database}$`));
    const database = `${mongo.database}_other`;
    const other = await openMongoReadStore(mongo.url, { database });
    await other.write(FULL_BATCH);
    expect((await everythingIn(store)).householdIds).toEqual([]);
    await other.close();
    await onServer(mongo.url, (client) => client.db(database).dropDatabase());
  });

  it('answer questions for a reader beside the writer, who cannot write', async () => {
    await store.write(FULL_BATCH);
    const reader = await openMongoReadStore(mongo.url, { readOnly: true });
    expect(await everythingIn(reader)).toEqual(await everythingIn(store));
    await expect(writeNext(reader, {})).rejects.toBeInstanceOf(StoreRefused);
    await expect(reader.newReadModels()).rejects.toBeInstanceOf(StoreRefused);
    await reader.close();
  });

  it('are not there yet for a reader who comes before the first writer', async () => {
    const database = `${mongo.database}_early`;
    const reader = await openMongoReadStore(mongo.url, { readOnly: true, database });
    await expect(positionIn(reader)).rejects.toThrow(
      new StoreUnavailable(`${reader.url} holds no read models yet`),
    );
    const writer = await openMongoReadStore(mongo.url, { database });
    await positionIn(reader);
    await Promise.all([reader.close(), writer.close()]);
    await onServer(mongo.url, (client) => client.db(database).dropDatabase());
  });

  it('belong to the log that was named first, and to no other', async () => {
    const reader = await openMongoReadStore(mongo.url, { readOnly: true });
    await reader.belongTo('whichever');
    await store.belongTo('one');
    await store.belongTo('one');
    await expect(store.belongTo('another')).rejects.toThrow(StoreRefused);
    await reader.belongTo('one');
    await expect(reader.belongTo('another')).rejects.toThrow(StoreRefused);
    await reader.close();
    await store.write(FULL_BATCH);
    await expect(store.belongTo('another')).rejects.toThrow(StoreRefused);
  });

  it('belong to one log, whoever of many says so first', async () => {
    const others = await Promise.all(Array.from({ length: 4 }, () => openMongoReadStore(mongo.url)));
    const said = await Promise.allSettled(others.map((one, number) => one.belongTo(`log ${number}`)));
    expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all(others.map((one) => one.close()));
  });

  it('take no question and no batch when they are closed', async () => {
    await store.write(FULL_BATCH);
    const late = store
      .snapshot(async (models) => {
        await store.close();
        return models.listedAs([HERE], 'MH-1');
      })
      .catch((error: unknown) => error);
    expect(await late).toBeInstanceOf(StoreUnavailable);
    await store.close();
    await expect(everythingIn(store)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.write(FULL_BATCH)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(positionIn(store)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.newReadModels()).rejects.toBeInstanceOf(StoreUnavailable);
  });

  describe('are refused', () => {
    const spoil = (change: (db: Db) => Promise<unknown>) =>
      onServer(mongo.url, (client) => change(client.db()));
    const pointer = (db: Db) => db.collection<{ _id: string }>('pointer');

    it('when they are of another release, unless they are to be made again', async () => {
      await spoil((db) => pointer(db).updateOne({ _id: 'live' }, { $set: { version: 0 } }));
      await expect(positionIn(store)).rejects.toThrow(
        /another release \(version 0, this one needs \d+\): rebuild/,
      );
      await expect(writeNext(store, {})).rejects.toBeInstanceOf(StoreRefused);
      await expect(openMongoReadStore(mongo.url)).rejects.toBeInstanceOf(StoreRefused);
      await (await openMongoReadStore(mongo.url, { toRebuild: true })).close();
    });

    it('when a collection is missing', async () => {
      await spoil((db) => db.dropCollection('g1_balances'));
      await expect(openMongoReadStore(mongo.url)).rejects.toThrow(/lacks g1_balances/);
    });

    it('when the pointer is none of ours', async () => {
      await spoil((db) => pointer(db).updateOne({ _id: 'live' }, { $unset: { generation: 1 } }));
      await expect(positionIn(store)).rejects.toBeInstanceOf(StoreRefused);
    });

    it('when a balance is no number', async () => {
      await store.write(FULL_BATCH);
      await spoil((db) => db.collection('g1_balances').updateMany({}, { $set: { 'total.poor': 'many' } }));
      const before = await store.snapshot((models) => models.checkpoint());
      await expect(writeNext(store, { balances: [booking()] })).rejects.toBeInstanceOf(StoreRefused);
      expect(await store.snapshot((models) => models.checkpoint())).toEqual(before);
    });

    it('where the URL is none', async () => {
      await expect(openMongoReadStore('localhost:27017')).rejects.toBeInstanceOf(StoreRefused);
      await expect(openMongoReadStore('mongodb://')).rejects.toBeInstanceOf(StoreRefused);
    });
  });

  it('end a batch that takes too long, and the next one begins anew', async () => {
    let holds = true;
    const slow = await openMongoReadStore(mongo.url, {
      patienceMs: 300,
      onStep: async (step) => {
        if (holds && step === 'batch: journal written') await sleep(1_000);
      },
    });
    await expect(slow.write(FULL_BATCH)).rejects.toThrow(/within 300 ms/);
    holds = false;
    await sleep(1_500);
    // Nobody had been told of its end, but it had one: the checkpoint tells.
    const { position } = await slow.snapshot((models) => models.checkpoint());
    expect([at(9), EMPTY_BATCH.from]).toContain(position);
    await writeNext(slow, { journal: [entry({ household: 'h-7' })] });
    expect((await everythingIn(slow)).householdsOn).toContain('h-7');
    await slow.close();
  });

  it('show people a journal, balances and households without their generation', async () => {
    await store.write(FULL_BATCH);
    await onServer(mongo.url, async (client) => {
      const [year] = await client.db().collection('balances').find({ unit: HERE }).toArray();
      const rePoor = { households: 1, persons: 4 };
      expect(year).toMatchObject({
        year: 2023,
        total: { poor: { rePoor } },
        days: { '01-01': { poor: { rePoor } } },
      });
      expect(await client.db().collection('journal').countDocuments({ groups: 'all' })).toBe(2);
      expect(await client.db().collection('households').countDocuments()).toBe(2);
    });
  });
});
