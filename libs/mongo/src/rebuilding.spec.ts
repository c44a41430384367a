import { START, StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import type { CrewSizes, ReadStore } from '@ledger/poverty-rates';
import { alone, CheckpointMoved, Projector, rebuild } from '@ledger/poverty-rates';
import type { LogEntry } from '@ledger/poverty-rates/testing';
import {
  comparison,
  contradictions,
  COUNTRYSIDE,
  dumpOf,
  everythingIn,
  ofHousehold,
  ofUnits,
  pageOf,
  projected,
  projectInPages,
  randomLog,
  randomSizes,
  recorded,
  registered,
  reviewed,
  storeOf,
  tornLog,
} from '@ledger/poverty-rates/testing';
import type { UnitId } from '@ledger/kernel';
import { parseDay } from '@ledger/kernel';
import fc from 'fast-check';
import type { Db } from 'mongodb';
import { describeOnMongo, dropDatabase, onServer } from '../../../test/servers/mongodb';
import type { MongoLoad } from './loading/mongo-load';
import type { MongoReadStore } from './mongo-read-store';
import { openMongoReadStore } from './open';
import { requireNoEmptyDocuments } from './testing/no-empty-documents';

const signal = new AbortController().signal;

const on = parseDay('2022-01-05');
const place = COUNTRYSIDE.at(-1)?.unit as UnitId;
/** The countryside, and so many poor households. */
const poor = (count: number): readonly LogEntry[] => [
  ...COUNTRYSIDE.map((one) => ofUnits(one)),
  ...Array.from({ length: count }, (_item, index) => [
    ofHousehold(`h-${index}`, registered(`h-${index}`, place, on), on),
    ofHousehold(`h-${index}`, reviewed('poor', on), on),
  ]).flat(),
];

describeOnMongo('read models in MongoDB that are rebuilt beside those in use', (mongo) => {
  let store: MongoReadStore;

  beforeEach(async () => {
    store = await openMongoReadStore(mongo.url);
  });

  afterEach(async () => {
    await store.close();
    await dropDatabase(mongo.url);
  });

  async function rebuilt(entries: readonly LogEntry[], sizes?: CrewSizes, by = store): Promise<MongoLoad> {
    const load = await by.newReadModels();
    const log = storeOf(recorded(entries));
    await rebuild(log, load, { signal, crew: alone(log, sizes) });
    return load;
  }

  const project = async (entries: readonly LogEntry[], into: ReadStore = store): Promise<void> => {
    const projector = new Projector(into);
    const after = await projector.position();
    const facts = recorded(entries).filter(({ position }) => position > after);
    if (facts.length > 0) await projector.project(pageOf(facts));
  };

  const database = <Result>(ask: (db: Db) => Promise<Result>): Promise<Result> =>
    onServer(mongo.url, (client) => ask(client.db()));

  const generations = (): Promise<readonly string[]> =>
    database(async (db) => {
      const collections = await db.listCollections({}, { nameOnly: true }).toArray();
      return [...new Set(collections.flatMap(({ name }) => /^g\d+(?=_)/.exec(name)?.[0] ?? []))].sort();
    });

  it('are those that the projection makes fact by fact, torn facts and all, however the work is divided', async () => {
    const some = fc.integer({ min: 1, max: 9 });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(randomLog, tornLog),
        some,
        some,
        async (entries, factsInAPart, factsInAChunk) => {
          const load = await rebuilt(entries, { factsInAPart, factsInAChunk });
          const fresh = load.open();
          expect(await dumpOf(fresh)).toEqual((await projected(entries)).dump());
          await fresh.close();
          await load.remove();
        },
      ),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('compare as equal with those of the projection, and agree with themselves', async () => {
    await fc.assert(
      fc.asyncProperty(randomLog, randomSizes, async (entries, sizes) => {
        await store.close();
        await dropDatabase(mongo.url);
        store = await openMongoReadStore(mongo.url);
        await projectInPages(entries, store, sizes);
        const load = await rebuilt(entries);
        const fresh = load.open();
        const { differences, compared } = await comparison(fresh, store);
        expect(differences).toEqual([]);
        expect(compared.households).toBe(3);
        await fresh.close();
        await store.useReadModels(load);
        expect(await contradictions(store)).toEqual([]);
        await requireNoEmptyDocuments(mongo.url);
      }),
      { numRuns: 10 },
    );
  });

  it('know nothing of a log without a fact', async () => {
    const load = await rebuilt([]);
    const fresh = load.open();
    expect((await fresh.snapshot((models) => models.checkpoint())).position).toBe(START);
    await fresh.close();
    await load.remove();
    expect(await generations()).toEqual(['g1']);
  });

  it('take the place of those in use in one moment, while a question reads the old ones', async () => {
    await project(poor(2));
    const before = await everythingIn(store);
    const load = await rebuilt(poor(5));
    await store.snapshot(async (models) => {
      await store.useReadModels(load);
      expect(await models.householdIds('', 9)).toHaveLength(2);
      expect(await models.balances({ unit: place, standard: 'VN-2022', group: 'all', to: on })).toEqual(
        new Map([['poor.opened', { households: 2, persons: 8 }]]),
      );
    });
    const after = await everythingIn(store);
    expect(after.householdIds).toHaveLength(5);
    expect(await dumpOf(store)).toEqual((await projected(poor(5))).dump());
    // Whatever was kept of an answer is void, and so is a batch that was computed from the old ones.
    expect(after.counts.repairs).toBe(before.counts.repairs + 1);
    expect(await database((db) => db.collection('households').countDocuments())).toBe(5);
    // They stay for questions that are under way, and what is in use is not removed.
    await load.remove();
    expect(await generations()).toEqual(['g1', 'g2']);
    // Who was not told that it happened tries again.
    await store.useReadModels(load);
    expect(await everythingIn(store)).toEqual(after);
    await project(poor(7));
    expect(await dumpOf(store)).toEqual((await projected(poor(7))).dump());
  });

  it('belong to the log of those before them', async () => {
    await project(poor(1));
    await store.belongTo('one');
    await store.useReadModels(await rebuilt(poor(3)));
    await store.belongTo('one');
    await expect(store.belongTo('another')).rejects.toThrow(StoreRefused);
  });

  it('have no second version of the old ones that a later process would read', async () => {
    await project(poor(1));
    await store.useReadModels(await rebuilt(poor(3)));
    const other = await openMongoReadStore(mongo.url);
    expect((await everythingIn(other)).householdIds).toHaveLength(3);
    await other.close();
  });

  it('are not used while those in use have come further; they are caught up first', async () => {
    const load = await rebuilt(poor(2));
    await project(poor(4));
    await expect(store.useReadModels(load)).rejects.toBeInstanceOf(CheckpointMoved);
    expect((await everythingIn(store)).householdIds).toHaveLength(4);
    const fresh = load.open();
    await project(poor(4), fresh);
    await store.useReadModels(load);
    await expect(fresh.snapshot((models) => models.checkpoint())).rejects.toBeInstanceOf(StoreUnavailable);
    await fresh.close();
    expect(await dumpOf(store)).toEqual((await projected(poor(4))).dump());
    expect(await generations()).toEqual(['g1', 'g2']);
  });

  it('are put in place while a projector writes: no fact is lost, none is booked twice', async () => {
    const HOUSEHOLDS = 40;
    const all = recorded(poor(HOUSEHOLDS));
    let ended = false;
    const writing = (async () => {
      let projector = new Projector(store);
      for (;;) {
        const after = await projector.position();
        const next = all.find(({ position }) => position > after);
        if (!next) return;
        try {
          await projector.project(pageOf([next]));
        } catch (error) {
          expect(error).toBeInstanceOf(CheckpointMoved);
          projector = new Projector(store);
        }
      }
    })().finally(() => (ended = true));
    let switches = 0;
    while (!ended) {
      const { position } = await store.snapshot((models) => models.checkpoint());
      const sofar = poor(HOUSEHOLDS).filter((_entry, index) => (all[index]?.position ?? '') <= position);
      const load = await rebuilt(sofar);
      for (let tries = 0; tries < 50; tries++) {
        try {
          await store.useReadModels(load);
          switches++;
          break;
        } catch (error) {
          expect(error).toBeInstanceOf(CheckpointMoved);
          const fresh = load.open();
          const live = await store.snapshot((models) => models.checkpoint());
          const projector = new Projector(fresh);
          const from = await projector.position();
          const missing = all.filter((fact) => fact.position > from && fact.position <= live.position);
          if (missing.length > 0) await projector.project(pageOf(missing));
          await fresh.close();
        }
      }
      await load.remove();
    }
    await writing;
    expect(switches).toBeGreaterThan(0);
    expect(await dumpOf(store)).toEqual((await projected(poor(HOUSEHOLDS))).dump());
  });

  it('are made by one at a time; who has been silent for long is taken for dead', async () => {
    const load = await store.newReadModels();
    const other = await openMongoReadStore(mongo.url);
    await expect(other.newReadModels()).rejects.toThrow(/another rebuild is under way since 20\d\d-/);
    // Killed a while ago.
    const longAgo = new Date(Date.now() - 120_000);
    await database((db) =>
      db
        .collection<{ _id: string }>('pointer')
        .updateOne({ _id: 'rebuilding' }, { $set: { seenAt: longAgo } }),
    );
    const second = await rebuilt(poor(2), undefined, other);
    // What it has begun is gone, and its number is not given again: it may be writing still.
    expect(await generations()).toEqual(['g1', 'g3']);
    const log = storeOf(recorded(poor(3)));
    await expect(rebuild(log, load, { signal })).rejects.toThrow(StoreRefused);
    await expect(store.useReadModels(load)).rejects.toThrow(StoreRefused);
    await other.useReadModels(second);
    expect((await everythingIn(store)).householdIds).toHaveLength(2);
    await load.remove();
    await (await other.newReadModels()).remove();
    await other.close();
  });

  it('leave those before them to a later rebuild, when nobody can be reading them any more', async () => {
    await store.useReadModels(await rebuilt(poor(1)));
    await store.useReadModels(await rebuilt(poor(2)));
    expect(await generations()).toEqual(['g1', 'g2', 'g3']);
    await database((db) =>
      db
        .collection<{ _id: string }>('pointer')
        .updateOne({ _id: 'live' }, { $set: { 'previous.replacedAt': new Date(Date.now() - 3_600_000) } }),
    );
    await (await store.newReadModels()).remove();
    expect(await generations()).toEqual(['g3']);
  });

  it('can replace what is damaged or of another release', async () => {
    await project(poor(2));
    await database((db) => db.dropCollection('g1_balances'));
    await database((db) =>
      db.collection<{ _id: string }>('pointer').updateOne({ _id: 'live' }, { $set: { version: 0 } }),
    );
    const again = await openMongoReadStore(mongo.url, { toRebuild: true });
    await again.useReadModels(await rebuilt(poor(2), undefined, again));
    await again.close();
    expect(await dumpOf(store)).toEqual((await projected(poor(2))).dump());
  });

  it('have every index of the others', async () => {
    await store.useReadModels(await rebuilt(poor(1)));
    await database(async (db) => {
      for (const name of ['journal', 'balances', 'households']) {
        const [old, fresh] = await Promise.all([
          db.collection(`g1_${name}`).indexes(),
          db.collection(`g2_${name}`).indexes(),
        ]);
        expect(fresh).toEqual(old);
      }
    });
  });

  it('end where they are cancelled, and leave nothing behind', async () => {
    const load = await store.newReadModels();
    const cancelled = AbortSignal.abort(new Error('cancelled'));
    await expect(rebuild(storeOf(recorded(poor(1))), load, { signal: cancelled })).rejects.toThrow(
      'cancelled',
    );
    await load.remove();
    expect(await generations()).toEqual(['g1']);
  });
});
