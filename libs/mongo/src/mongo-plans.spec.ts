import { LAST_DAY } from '@ledger/kernel';
import type { ReadModelContents } from '@ledger/poverty-rates';
import type { UnitId } from '@ledger/kernel';
import {
  booking,
  day,
  entry,
  everythingIn,
  FULL_BATCH,
  HERE,
  household,
  THERE,
  writeNext,
} from '@ledger/poverty-rates/testing';
import type { CommandStartedEvent, Document } from 'mongodb';
import { MongoClient } from 'mongodb';
import { describeOnMongo } from '../../../test/servers/mongodb';
import { MongoReadStore } from './mongo-read-store';
import { openMongoReadStore } from './open';

const places = [HERE, THERE];
const asked = { places, standard: 'VN-2022' };
const known = { knownOn: day('2023-02-01') };
const listed = { ...asked, group: 'all', list: 'poor', on: LAST_DAY, limit: 50 } as const;
const balances = { unit: HERE, standard: 'VN-2022', group: 'all', to: day('2023-03-15') };

/** Others in the country: nothing of them may be looked at by whoever asks for two communes or two households. */
const OTHERS = 300;

describeOnMongo('the read models in MongoDB find, without looking at a whole collection,', (mongo) => {
  let client: MongoClient;
  let store: MongoReadStore;
  let sent: Document[] = [];

  beforeAll(async () => {
    await (await openMongoReadStore(mongo.url)).close();
    const connect = () => new MongoClient(mongo.url, { monitorCommands: true });
    client = connect();
    client.on('commandStarted', ({ command }: CommandStartedEvent) => void sent.push(command));
    const { database } = mongo;
    store = new MongoReadStore({ client, connect, database, url: 'here', patienceMs: 30_000 });
    await store.write(FULL_BATCH);
    const ids = Array.from({ length: OTHERS }, (_item, index) => `x-${index}`);
    const place = (index: number): UnitId => `${30_000 + index}@2004-06-30`;
    await writeNext(store, {
      journal: ids.map((id, index) => entry({ household: id, place: place(index), column: 'poor.rePoor' })),
      balances: ids.map((_id, index) => booking({ unit: place(index) })),
      households: ids.map((id, index) => household(id, { listed: { place: place(index), number: 'MH-1' } })),
    });
    sent = [];
  });

  afterAll(() => store.close());

  const named = (...names: readonly string[]): Document[] =>
    sent.filter((command) => names.includes(Object.keys(command)[0] ?? ''));

  const questions: Record<string, (models: ReadModelContents) => Promise<unknown>> = {
    'the facts about units': (models) => models.unitFacts(),
    'the rest of the totals': (models) => models.totals(7),
    'the rest of the first classifications': (models) => models.classifications(7),
    'a household': (models) => models.household('h-1'),
    'some households': (models) => models.households(['h-1', 'h-2', 'h-9']),
    'balances up to a day': (models) => models.balances(balances),
    'balances between two days': (models) => models.balances({ ...balances, from: day('2021-02-03') }),
    lines: (models) => models.lines({ ...asked, effectiveTo: LAST_DAY }),
    'lines in a group, known on a day': (models) =>
      models.lines({ ...asked, ...known, group: 'all', effectiveTo: LAST_DAY }),
    'lines under any standard': (models) => models.lines({ places, effectiveTo: LAST_DAY }),
    entries: (models) => models.eachEntry({ ...asked, ...known, group: 'all' }, () => undefined),
    'later entries': (models) =>
      models.eachEntry({ ...asked, ...known, group: 'all', knownAfter: day('2023-01-05') }, () => undefined),
    events: (models) => models.events({ ...asked, columns: ['poor.rePoor'], effectiveTo: LAST_DAY }),
    'those who are poor again': (models) => models.poorAgain(['h-1', 'h-2'], LAST_DAY),
    'those who were poor again as known on a day': (models) =>
      models.poorAgain(['h-1', 'h-2'], LAST_DAY, known.knownOn),
    'households on a list': (models) => models.householdsOn({ ...listed, after: 'h-1' }),
    'households on a list, known on a day': (models) => models.householdsOn({ ...listed, ...known }),
    'bearers of a number': (models) => models.listedAs(places, 'MH-1'),
    'the journal of a place': (models) => models.journalOf(HERE),
    'the balances of a unit': (models) => models.balancesOf(HERE),
    'a page of households': (models) => models.householdIds('h-1', 3),
    'parked streams': (models) => models.parked(),
  };

  it.each(Object.entries(questions))('%s', async (_what, question) => {
    sent = [];
    await store.snapshot(question);
    // The pointer, and at least one for the question.
    expect(named('find', 'aggregate').length).toBeGreaterThan(1);
    for (const command of named('find', 'aggregate', 'distinct')) {
      const { stages, examined } = await planOf(command);
      expect(stages).not.toContain('COLLSCAN');
      expect(stages.some((stage) => /IXSCAN|IDHACK/.test(stage))).toBe(true);
      expect(examined).toBeLessThan(10);
    }
  });

  it('the places of the journal and the units of the balances, by jumping from one to the next', async () => {
    sent = [];
    await store.snapshot(async (models) => {
      expect(await models.journalPlaces()).toHaveLength(OTHERS + 1);
      expect(await models.balanceUnits()).toHaveLength(OTHERS + 1);
    });
    expect(named('distinct')).toHaveLength(2);
    for (const command of named('distinct')) {
      const { stages, examined } = await planOf(command);
      expect(stages).toContain('DISTINCT_SCAN');
      expect(stages).not.toContain('COLLSCAN');
      expect(examined).toBe(0);
    }
  });

  it('every document that a batch changes, by its id', async () => {
    sent = [];
    await writeNext(store, { ...FULL_BATCH, unparked: ['household-h-3'], parked: [] });
    await writeNext(store, { journal: [entry({ households: -2, persons: -8 })] });
    const filters = [
      ...named('update').flatMap(({ updates }) => (updates as { q: object }[]).map(({ q }) => q)),
      ...named('delete').flatMap(({ deletes }) => (deletes as { q: object }[]).map(({ q }) => q)),
      ...named('findAndModify').map(({ query }) => query as object),
    ];
    expect(filters.length).toBeGreaterThan(8);
    for (const filter of filters) expect(filter).toHaveProperty('_id');
    for (const command of named('find')) expect((await planOf(command)).stages).not.toContain('COLLSCAN');
  });

  it('nothing at all where a whole collection would have to be looked at: the proof notices', async () => {
    const { stages, examined } = await planOf({ find: 'g1_journal', filter: { persons: 4 } });
    expect(stages).toContain('COLLSCAN');
    expect(examined).toBeGreaterThan(OTHERS);
    expect((await everythingIn(store)).journalPlaces).toContain(HERE);
  });

  /** How the server carries out a command that it was sent, and how many documents it looks at. */
  async function planOf(command: Document): Promise<{ stages: readonly string[]; examined: number }> {
    const { lsid: _lsid, $db, $clusterTime: _time, readConcern: _concern, ...rest } = command;
    const { txnNumber: _number, autocommit: _auto, startTransaction: _start, ...bare } = rest;
    const plan = await client
      .db(($db as string | undefined) ?? mongo.database)
      .command({ explain: bare, verbosity: 'executionStats' });
    const stages: string[] = [];
    let examined = 0;
    const walk = (value: unknown, name = ''): void => {
      if (name === 'stage' && typeof value === 'string') stages.push(value);
      if (name === 'totalDocsExamined') examined += Number(value);
      if (value !== null && typeof value === 'object' && name !== 'command' && name !== 'rejectedPlans')
        for (const [key, inner] of Object.entries(value)) walk(inner, key);
    };
    walk(plan);
    return { stages, examined };
  }
});
