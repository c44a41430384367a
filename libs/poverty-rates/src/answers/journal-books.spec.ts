import type { UnitFact } from '@ledger/areas';
import { COUNTRY, UnitTree } from '@ledger/areas';
import { numberOfDay, unitId } from '@ledger/kernel';
import { day, entry } from '../testing/sample-batches';
import type { EntriesQuery, ReadModels } from '../read-store';
import type { Past } from './journal-books';
import { JournalBooks } from './journal-books';
import { KeptBooks } from './kept-books';

const FROM = day('2004-06-30');
const COMMUNES = Array.from({ length: 200 }, (_none, index) => unitId(String(10_000 + index), FROM));
const [FIRST, SECOND] = [unitId('66', FROM), unitId('67', FROM)];
/** One more than is read at first. */
const SMALL = 17;
const creation = (level: 'province' | 'commune', unit: typeof FIRST, parent: typeof FIRST): UnitFact => ({
  ...{ type: 'UnitCreated', effectiveOn: FROM, unit, code: unit.slice(0, unit.indexOf('@')) },
  ...{ name: unit, level, parent },
});
const TREE = UnitTree.of([
  creation('province', FIRST, COUNTRY),
  creation('province', SECOND, COUNTRY),
  ...COMMUNES.map((commune, index) => creation('commune', commune, index < SMALL ? FIRST : SECOND)),
]);

/** So many households, each an entry, in each of the places asked for; tells what was asked. */
function library(soMany: (query: EntriesQuery) => number = () => 1) {
  const asked: EntriesQuery[] = [];
  const models: Pick<ReadModels, 'eachEntry'> = {
    async eachEntry(query, take) {
      asked.push(query);
      const { column, effectiveOn, counterpart, households, persons } = entry();
      const each = soMany(query);
      for (let place = 0; place < query.places.length; place++)
        for (let more = 0; more < each; more++)
          take(place, column, numberOfDay(effectiveOn), counterpart, households, persons);
      return each * query.places.length;
    },
  };
  const kept = new KeptBooks();
  const past = {
    ...{ models: models as ReadModels, tree: TREE },
    ...{ knownOn: day('2023-06-30'), lastDay: day('2024-01-01'), finalAs: 'K' },
  };
  const open = (more: Partial<Past> = {}) => new JournalBooks({ ...past, ...more }, kept);
  return { asked, open, places: () => asked.flatMap(({ places }) => places) };
}

const households = async (books: JournalBooks, unit = COUNTRY, standard = 'VN-2022') =>
  (await books.bookOf(unit, standard, 'all')).columns({ to: day('2023-12-31') }).get('poor.newlyArising')
    ?.households;

describe('The books of an earlier day', () => {
  it('are read for some places at a time, each once', async () => {
    const { asked, open, places } = library();
    expect(await households(open())).toBe(200);
    expect([...places()].sort()).toEqual(COMMUNES);
    expect(asked.length).toBeGreaterThan(2);
    expect(asked[0]).toMatchObject({ standard: 'VN-2022', group: 'all', knownOn: '2023-06-30' });
  });

  it('are read for fewer places at a time where these have many lines', async () => {
    const { asked, open } = library(() => 1_000);
    expect(await households(open())).toBe(200_000);
    expect(asked.slice(1).every(({ places }) => places.length <= 10)).toBe(true);
  });

  it('are read once for several units, and are the same as read alone', async () => {
    const { open, places } = library();
    const books = open();
    await books.open([COUNTRY, FIRST, SECOND], 'VN-2022', 'all');
    expect(await Promise.all([COUNTRY, FIRST, SECOND].map((unit) => households(books, unit)))).toEqual([
      200,
      SMALL,
      200 - SMALL,
    ]);
    expect([...places()].sort()).toEqual(COMMUNES);
    expect(await households(library().open(), FIRST)).toBe(SMALL);
  });

  it('are read once for all answers when they are final', async () => {
    const { asked, open } = library();
    await households(open());
    const soMany = asked.length;
    expect(await households(open())).toBe(200);
    expect(asked).toHaveLength(soMany);
  });

  it.each([
    ['after a repair', { finalAs: 'K, repaired' }],
    ['while they may still change', { finalAs: undefined }],
  ])('are read again %s', async (_when, more) => {
    const { asked, open } = library();
    await households(open());
    const soMany = asked.length;
    for (const round of [2, 3]) {
      const own = open(more);
      expect(await households(own)).toBe(200);
      expect(await households(own)).toBe(200);
      expect(asked).toHaveLength(more.finalAs === undefined ? round * soMany : 2 * soMany);
    }
  });

  it('are read again for another standard, and nothing is there where nothing is booked', async () => {
    const { open } = library(({ standard }) => (standard === 'VN-2016' ? 2 : 1));
    const books = open();
    expect(await households(books, FIRST)).toBe(SMALL);
    expect(await households(books, FIRST, 'VN-2016')).toBe(2 * SMALL);
    expect(await households(books, unitId('99', FROM), 'VN-2016')).toBeUndefined();
  });

  describe('go on from the books of a day that is kept:', () => {
    const [MAY, JUNE, JULY] = [day('2023-05-31'), day('2023-06-30'), day('2023-07-31')];
    /** What is asked for the books of June. */
    async function askedOfJune(kept: Partial<Past>, june: Partial<Past> = {}) {
      const { asked, open } = library();
      await households(open(kept));
      asked.length = 0;
      const sum = await households(open({ ...june, knownOn: JUNE }));
      return { sum, knownOn: asked[0]?.knownOn, knownAfter: asked[0]?.knownAfter };
    }

    it('what was recorded since an earlier day is added', async () => {
      expect(await askedOfJune({ knownOn: MAY })).toEqual({ sum: 400, knownAfter: MAY, knownOn: JUNE });
    });

    it('what was recorded up to a later day is taken away', async () => {
      const lessJuly = { sum: undefined, knownAfter: JUNE, knownOn: JULY };
      expect(await askedOfJune({ knownOn: JULY })).toEqual(lessJuly);
    });

    const allOfJune = { sum: 200, knownAfter: undefined, knownOn: JUNE };
    it.each([
      ['other units are known', { knownOn: MAY, finalAs: 'before a unit' }, {}],
      ['they may still change', { knownOn: MAY, finalAs: undefined }, {}],
      ['it may still change', { knownOn: MAY }, { finalAs: undefined }],
      ['the snapshot is older than the later day', { knownOn: JULY }, { lastDay: JULY }],
      ['it is farther away than the beginning of the standard', { knownOn: day('2025-12-01') }, {}],
    ])('not where %s', async (_when, kept, june) => {
      expect(
        await askedOfJune({ lastDay: day('2026-01-01'), ...kept }, { lastDay: day('2026-01-01'), ...june }),
      ).toEqual(allOfJune);
    });

    it('each unit from its own', async () => {
      const { asked, open } = library();
      await households(open({ knownOn: MAY }), FIRST);
      await households(open({ knownOn: JULY }), SECOND);
      asked.length = 0;
      const books = open({ knownOn: JUNE });
      await books.open([FIRST, SECOND], 'VN-2022', 'all');
      expect(await households(books, FIRST)).toBe(2 * SMALL);
      expect(await households(books, SECOND)).toBeUndefined();
      expect(new Set(asked.map(({ knownAfter }) => knownAfter))).toEqual(new Set([MAY, JUNE]));
    });
  });

  it('are waited for where another answer reads them already', async () => {
    const { open, places } = library();
    expect(await Promise.all([households(open()), households(open())])).toEqual([200, 200]);
    expect([...places()].sort()).toEqual(COMMUNES);
  });

  it('are not kept half read', async () => {
    let fails = true;
    const { open } = library((query) => {
      if (fails && query.places.includes(COMMUNES[150] as (typeof COMMUNES)[number]))
        throw new Error('closed');
      return 1;
    });
    await expect(households(open())).rejects.toThrow('closed');
    fails = false;
    expect(await households(open())).toBe(200);
  });
});
