import type { UnitFact } from '@ledger/areas';
import type { Problem, UnitId } from '@ledger/kernel';
import { splitUnitId } from '@ledger/kernel';
import type { ReadModelBatch, ReadModelContents, ReadStore } from '../read-store';
import { declared, firstClassified, PROVINCE_CREATED } from '../testing/all-answers';
import { InMemoryReadStore } from '../testing/in-memory-read-store';
import {
  at,
  booking,
  day,
  ELSEWHERE,
  entry,
  HERE,
  parkedStream,
  THERE,
  writeNext,
} from '../testing/sample-batches';
import { childrenRates } from './children-rates';
import type { Knowledge } from './knowledge';
import { Librarian, resolveUnit } from './librarian';
import { ratesOf } from './rates';

const PROVINCE = PROVINCE_CREATED.unit;
const TODAY = day('2024-06-30');
const NO_LOG = { read: () => Promise.reject(new Error('no papers are asked for')) };

function commune(unit: UnitId): UnitFact {
  const { code = '', validFrom = TODAY } = splitUnitId(unit) ?? {};
  return {
    type: 'UnitCreated',
    effectiveOn: validFrom,
    unit,
    code,
    name: code,
    level: 'commune',
    parent: PROVINCE,
  };
}

const recorded = <Fact>(on: string, fact: Fact) => ({ fact, recordedOn: day(on) });
const declaredOn = (on: string, unit: UnitId, households: number) => ({
  ...declared({ unit, households }),
  recordedOn: day(on),
});

/** Two communes of a province, one poor household in the first, 100 households in each. */
const COUNTRY: Partial<ReadModelBatch> = {
  units: [PROVINCE_CREATED, commune(HERE), commune(THERE)].map((fact) => recorded('2023-01-05', fact)),
  totals: [declaredOn('2023-01-05', HERE, 100), declaredOn('2023-01-05', THERE, 100)],
  classifications: [firstClassified()],
  journal: [entry()],
  balances: [HERE, PROVINCE].map((unit) => booking({ unit })),
  checkpoint: { position: at(1), lastDay: day('2023-01-05') },
};

async function library(...batches: readonly Partial<ReadModelBatch>[]) {
  const store = new InMemoryReadStore();
  for (const batch of [COUNTRY, ...batches]) await writeNext(store, batch);
  return { store, librarian: new Librarian(store, NO_LOG) };
}

const figuresOf = async (knowledge: Knowledge, on = day('2023-06-30'), unit: UnitId = PROVINCE) => {
  const { poor, totalHouseholds, completeness } = await ratesOf(knowledge, { unit, on, group: 'all' });
  return [poor.households, totalHouseholds?.count ?? null, completeness.unclassifiedCommunes];
};

const ask = (librarian: Librarian, knownOn?: string, on?: string): Promise<readonly (number | null)[]> =>
  librarian.ask({ today: TODAY, ...(knownOn !== undefined && { knownOn: day(knownOn) }) }, (knowledge) =>
    figuresOf(knowledge, on === undefined ? undefined : day(on)),
  );

const LATER: Partial<ReadModelBatch> = {
  units: [recorded('2023-03-01', commune(ELSEWHERE))],
  totals: [declaredOn('2023-03-01', THERE, 150), declaredOn('2023-03-01', ELSEWHERE, 30)],
  classifications: [firstClassified({ place: THERE, recordedOn: day('2023-03-01') })],
  checkpoint: { position: at(2), lastDay: day('2023-03-01') },
};

describe('What is kept between answers', () => {
  it('never shows a snapshot more than it holds, whatever others have read since', async () => {
    const { store, librarian } = await library();
    const answers = librarian.ask({ today: TODAY }, async (knowledge) => {
      await writeNext(store, LATER);
      const newer = await ask(librarian);
      return { newer, older: await figuresOf(knowledge) };
    });
    expect(await answers).toEqual({ newer: [1, 280, 1], older: [1, 200, 1] });
    expect(await ask(librarian)).toEqual([1, 280, 1]);
  });

  it.each<[string, Partial<ReadModelBatch>, readonly (number | null)[]]>([
    ['total', { totals: [declaredOn('2023-01-05', HERE, 130)] }, [1, 230, 1]],
    ['classification', { classifications: [firstClassified({ place: THERE })] }, [1, 200, 0]],
    ['unit', { units: [recorded('2023-01-05', commune(ELSEWHERE))] }, [1, null, 2]],
  ])('is out of date with the next %s', async (_what, batch, figures) => {
    const { store, librarian } = await library();
    expect(await ask(librarian)).toEqual([1, 200, 1]);
    await writeNext(store, batch);
    expect(await ask(librarian)).toEqual(figures);
  });

  it('shows an older snapshot what it holds while a newer one is being answered', async () => {
    const { store, librarian } = await library();
    await ask(librarian);
    const old = await store.snapshot(async (models) => models);
    await writeNext(store, LATER);
    await ask(librarian);
    const both = new Librarian(inTurns(old, store), NO_LOG);
    expect(await Promise.all([ask(both), ask(both), ask(both), ask(both)])).toEqual([
      [1, 200, 1],
      [1, 280, 1],
      [1, 200, 1],
      [1, 280, 1],
    ]);
  });

  it('is as known on the day that is asked for', async () => {
    const { librarian } = await library(LATER, {
      totals: [declaredOn('2023-04-01', HERE, 120)],
      checkpoint: { position: at(3), lastDay: day('2023-04-01') },
    });
    expect(await ask(librarian)).toEqual([1, 300, 1]);
    expect(await ask(librarian, '2023-03-31')).toEqual([1, 280, 1]);
    expect(await ask(librarian, '2023-02-28')).toEqual([1, 200, 1]);
    expect(await ask(librarian, '2023-03-31')).toEqual([1, 280, 1]);
  });

  it('has the communes that were alive', async () => {
    const { librarian } = await library({
      units: [
        recorded('2023-02-01', {
          type: 'UnitAbolished',
          unit: THERE,
          effectiveOn: day('2023-05-01'),
        } as const),
      ],
      classifications: [firstClassified({ place: THERE, recordedOn: day('2023-02-01') })],
      checkpoint: { position: at(2), lastDay: day('2023-02-01') },
    });
    expect(await ask(librarian, undefined, '2023-04-30')).toEqual([1, 200, 0]);
    expect(await ask(librarian, undefined, '2023-05-01')).toEqual([1, 100, 0]);
    expect(await ask(librarian, '2023-01-31', '2023-05-01')).toEqual([1, 200, 1]);
  });

  it('is void after a repair of the day that is asked for', async () => {
    const { store, librarian } = await library({
      checkpoint: { position: at(2), lastDay: day('2023-04-01') },
    });
    expect(await ask(librarian, '2023-02-28')).toEqual([1, 200, 1]);
    await writeNext(store, {
      journal: [entry({ household: 'h-2', place: THERE, recordedOn: day('2023-02-01') })],
      classifications: [firstClassified({ place: THERE, recordedOn: day('2023-02-01') })],
      totals: [declaredOn('2023-02-01', THERE, 160)],
      repairs: true,
    });
    expect(await ask(librarian, '2023-02-28')).toEqual([2, 260, 0]);
    expect(await ask(librarian, '2023-01-31')).toEqual([1, 200, 1]);
  });

  it('is read from the store once', async () => {
    const { store } = await library({ checkpoint: { position: at(2), lastDay: day('2023-04-01') } });
    const read: string[] = [];
    const librarian = new Librarian(overheard(store, read), NO_LOG);
    for (const knownOn of [undefined, '2023-02-28', undefined, '2023-02-28', '2023-02-28'])
      await ask(librarian, knownOn);
    const lists = read.filter((name) =>
      ['unitFacts', 'totals', 'classifications', 'eachEntry'].includes(name),
    );
    // The books of two standards: the one that is asked for, and that of the eve of the campaign.
    expect(lists.filter((name) => name !== 'eachEntry').sort()).toEqual([
      'classifications',
      'totals',
      'unitFacts',
    ]);
    expect(lists.filter((name) => name === 'eachEntry').length).toBeLessThanOrEqual(2);
  });

  it('is not the past of a day that is not over yet', async () => {
    const { store } = await library({ checkpoint: { position: at(2), lastDay: day('2023-04-01') } });
    const read: string[] = [];
    const librarian = new Librarian(overheard(store, read), NO_LOG);
    const knownOn = day('2023-02-28');
    const readFor = async (today: typeof knownOn): Promise<number> => {
      const before = read.length;
      await librarian.ask({ today, knownOn }, (knowledge) => figuresOf(knowledge));
      return read.slice(before).filter((name) => name === 'eachEntry').length;
    };
    const soMany = await readFor(knownOn);
    expect(soMany).toBeGreaterThan(0);
    expect(await readFor(knownOn)).toBe(soMany);
    expect(await readFor(day('2023-03-01'))).toBe(soMany);
    expect(await readFor(day('2023-03-01'))).toBe(0);
  });

  it('gives the children of a unit what they have when they are asked for alone', async () => {
    const { librarian } = await library(LATER);
    for (const knownOn of [undefined, day('2023-02-28')]) {
      await librarian.ask({ today: TODAY, ...(knownOn && { knownOn }) }, async (knowledge) => {
        const question = { on: day('2023-06-30'), group: 'all' };
        const { children } = await childrenRates(knowledge, { ...question, unit: PROVINCE });
        expect(children.length).toBe(knownOn ? 2 : 3);
        for (const child of children)
          expect(child).toEqual(await ratesOf(knowledge, { ...question, unit: child.unit.id }));
      });
    }
  });
});

/** An old snapshot and the store, one question for each in turn. */
function inTurns(old: ReadModelContents, store: ReadStore): ReadStore {
  let questions = 0;
  return {
    write: (batch) => store.write(batch),
    snapshot: (question) => (questions++ % 2 === 0 ? question(old) : store.snapshot(question)),
    close: () => store.close(),
  };
}

/** The store, and the names of what is read from it. */
function overheard(store: ReadStore, read: string[]): ReadStore {
  return {
    write: (batch) => store.write(batch),
    snapshot: (question) =>
      store.snapshot((models) =>
        question(
          new Proxy(models, {
            get(target, name) {
              read.push(String(name));
              const method: unknown = Reflect.get(target, name);
              return typeof method === 'function' ? (method.bind(target) as unknown) : method;
            },
          }),
        ),
      ),
    close: () => store.close(),
  };
}

describe('a unit that is not known', () => {
  const resolving = async (...batches: readonly Partial<ReadModelBatch>[]): Promise<string> => {
    const { librarian } = await library(...batches);
    return librarian.ask({ today: TODAY }, async (knowledge, latest) => {
      try {
        return resolveUnit(knowledge, latest, '24699', TODAY).id;
      } catch (error) {
        return (error as Problem).code;
      }
    });
  };

  it('is there perhaps when facts about units wait for repair: nobody may say that it is not', async () => {
    expect(await resolving()).toBe('unit.unknown');
    expect(await resolving({ parked: [parkedStream('household-h-1')] })).toBe('unit.unknown');
    expect(await resolving({ parked: [parkedStream('units', { places: [] })] })).toBe(
      'answer.registry-parked',
    );
  });
});
