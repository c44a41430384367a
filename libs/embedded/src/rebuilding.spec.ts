import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { START, StoreRefused } from '@ledger/event-sourcing';
import type { CrewSizes } from '@ledger/poverty-rates';
import { alone, Projector, rebuild } from '@ledger/poverty-rates';
import type { LogEntry } from '@ledger/poverty-rates/testing';
import {
  comparison,
  contradictions,
  COUNTRYSIDE,
  HERE,
  moved,
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
  THERE,
  tornLog,
} from '@ledger/poverty-rates/testing';
import type { UnitId } from '@ledger/kernel';
import { parseDay } from '@ledger/kernel';
import fc from 'fast-check';
import { openReadStore } from './read-store';
import { ReadModelFile, scratchReadModels } from './rebuilding';
import { dumpReadModels } from './testing/dump-read-models';
import { scratchFolder } from './testing/scratch-folder';

const signal = new AbortController().signal;
const LOG = 'a log';

describe('read models that are rebuilt at once', () => {
  const scratch = scratchFolder();
  const at = (name: string): string => join(scratch.path, name);

  async function rebuilt(entries: readonly LogEntry[], sizes?: CrewSizes): Promise<ReadModelFile> {
    const file = new ReadModelFile(at('rebuilt.sqlite'), LOG);
    const store = storeOf(recorded(entries));
    await rebuild(store, file.load, { signal, crew: alone(store, sizes) });
    return file;
  }

  it('are those that the projection makes fact by fact, torn facts and all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(randomLog, tornLog), async (entries) => {
        const file = await rebuilt(entries);
        const store = file.open();
        await store.close();
        expect(await dumpReadModels(file.path)).toEqual((await projected(entries)).dump());
        file.remove();
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('are the same however the log and the households are divided', async () => {
    const some = fc.integer({ min: 1, max: 9 });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(randomLog, tornLog),
        some,
        some,
        async (entries, factsInAPart, factsInAChunk) => {
          const file = await rebuilt(entries, { factsInAPart, factsInAChunk });
          await file.open().close();
          expect(await dumpReadModels(file.path)).toEqual((await projected(entries)).dump());
          file.remove();
        },
      ),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('park a household that names a place or a standard nobody knows, and book what came before', async () => {
    const [here, nowhere] = [COUNTRYSIDE.at(-1)?.unit as UnitId, '99999@2004-06-30' as UnitId];
    const [early, late] = [parseDay('2022-01-05'), parseDay('2022-06-07')];
    const entries = [
      ...COUNTRYSIDE.map((one) => ofUnits(one)),
      ofHousehold('settled', registered('settled', here, early), early),
      ofHousehold('lost', registered('lost', nowhere, early), early),
      ofHousehold('leaving', registered('leaving', here, early), early),
      ofHousehold('leaving', reviewed('poor', early), early),
      ofHousehold('leaving', moved(nowhere, late), late),
      ofHousehold('judged', registered('judged', here, early), early),
      ofHousehold('judged', reviewed('poor', late, { standard: 'VN-1900' }), late),
    ];
    const file = await rebuilt(entries);
    const store = file.open();
    const parked = await store.snapshot((models) => models.parked());
    expect(parked.map(({ stream }) => stream).sort()).toEqual([
      'household-judged',
      'household-leaving',
      'household-lost',
    ]);
    await store.close();
    expect(await dumpReadModels(file.path)).toEqual((await projected(entries)).dump());
  });

  it('compare as equal with those of the projection, and agree with themselves', async () => {
    await fc.assert(
      fc.asyncProperty(randomLog, randomSizes, async (entries, sizes) => {
        const live = openReadStore(at('live.sqlite'), { logId: LOG });
        await projectInPages(entries, live, sizes);
        const file = await rebuilt(entries);
        const fresh = file.open();
        const { differences, compared } = await comparison(fresh, live);
        expect(differences).toEqual([]);
        expect(compared.households).toBe(3);
        expect(await contradictions(live)).toEqual([]);
        await fresh.close();
        await live.close();
        file.remove();
        for (const name of readdirSync(scratch.path)) new ReadModelFile(at(name), LOG).remove();
      }),
      { numRuns: 25 },
    );
  });

  it('know nothing of a log without a fact', async () => {
    const file = await rebuilt([]);
    const store = file.open();
    expect((await store.snapshot((models) => models.checkpoint())).position).toBe(START);
    await store.close();
  });

  it('take the place of others, also of what a crash has left beside them', async () => {
    const entries = COUNTRYSIDE.map((one) => ofUnits(one));
    const live = openReadStore(at('live.sqlite'), { logId: LOG });
    await live.close();
    const file = await rebuilt(entries);
    file.replace(at('live.sqlite'));
    const store = openReadStore(at('live.sqlite'), { logId: LOG });
    expect(await store.snapshot((models) => models.unitFacts())).toHaveLength(COUNTRYSIDE.length);
    await store.close();
    expect(readdirSync(scratch.path)).toEqual(['live.sqlite']);
  });

  it('are refused where the log lacks a fact of a stream', async () => {
    const facts = recorded(COUNTRYSIDE.map((one) => ofUnits(one)));
    const file = new ReadModelFile(at('rebuilt.sqlite'), LOG);
    const holed = storeOf(facts.filter((_fact, index) => index !== 1));
    await expect(rebuild(holed, file.load, { signal })).rejects.toThrow(StoreRefused);
    await expect(rebuild(holed, file.load, { signal })).rejects.toThrow(
      /lacks revision 1 of the stream units/,
    );
    file.remove();
  });

  it.each([
    ['of one chunk', 100],
    ['of several chunks', 1],
  ])('refuse what no balance can keep, as the projection does: households %s', async (_of, factsInAChunk) => {
    const on = parseDay('2022-06-07');
    // Each fits into 32 bits; those of the district, which has both places, do not.
    const crowd = (id: string, place: UnitId): readonly LogEntry[] => [
      ofHousehold(id, registered(id, place, on), on),
      ofHousehold(id, reviewed('poor', on, { members: 2_000_000_000 }), on),
    ];
    const entries = [...COUNTRYSIDE.map((one) => ofUnits(one)), ...crowd('a', HERE), ...crowd('b', THERE)];
    const live = openReadStore(at('live.sqlite'), { logId: LOG });
    await expect(new Projector(live).project(pageOf(recorded(entries)))).rejects.toThrow(RangeError);
    await live.close();
    await expect(rebuilt(entries, { factsInAPart: 100, factsInAChunk })).rejects.toThrow(
      /cannot keep 4000000000/,
    );
  });

  it('end where they are cancelled, and leave nothing behind', async () => {
    const { file, remove } = scratchReadModels(LOG);
    const facts = recorded(COUNTRYSIDE.map((one) => ofUnits(one)));
    const cancelled = AbortSignal.abort(new Error('cancelled'));
    await expect(rebuild(storeOf(facts), file.load, { signal: cancelled })).rejects.toThrow('cancelled');
    remove();
    expect(existsSync(file.path)).toBe(false);
  });
});
