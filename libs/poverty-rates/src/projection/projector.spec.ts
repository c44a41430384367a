import { UNITS_STREAM } from '@ledger/areas';
import type { RecordedFact } from '@ledger/event-sourcing';
import type { UnitId } from '@ledger/kernel';
import { LAST_DAY } from '@ledger/kernel';
import { bareOf, householdCodec } from '@ledger/households';
import type { ParkedStream } from '../read-store';
import { CheckpointMoved } from '../read-store';
import type { Dump, LogEntry } from '../testing';
import {
  COUNTRYSIDE,
  DISTRICT,
  ELSEWHERE,
  HERE,
  InMemoryReadStore,
  OTHER_PROVINCE,
  PROVINCE,
  THERE,
  abolished,
  at,
  createdIn,
  day,
  declared,
  dissolved,
  escaped,
  everythingIn,
  inAnyOrder,
  moved,
  ofHousehold,
  ofTotals,
  ofUnits,
  pageOf,
  pagesOf,
  recorded,
  registered,
  reviewed,
  storeOf,
} from '../testing';
import { Projector } from './projector';

const NEW_COMMUNE: UnitId = '24700@2022-03-01';
const YEAR_END = day('2022-12-31');

/** The units of the sample country, recorded before everything else. */
const UNITS = COUNTRYSIDE.map((fact) => ofUnits(fact, day('2022-01-01')));

const BORN = day('2022-01-10');
const H1 = ofHousehold('h-1', registered('h-1', HERE, BORN), day('2022-02-01'));
const H1_POOR = ofHousehold('h-1', reviewed('poor', BORN), day('2022-02-01'));
const H2 = ofHousehold('h-2', registered('h-2', THERE, BORN), day('2022-02-01'));
const H2_POOR = ofHousehold('h-2', reviewed('poor', BORN), day('2022-02-01'));

describe('the projector', () => {
  let store: InMemoryReadStore;
  let projector: Projector;

  beforeEach(() => {
    store = new InMemoryReadStore();
    projector = new Projector(store);
  });

  /** The read models of a fresh fold, in pages of these sizes; in one page without. */
  async function folded(facts: readonly RecordedFact[], ...sizes: readonly number[]): Promise<Dump> {
    const fresh = new InMemoryReadStore();
    const projection = new Projector(fresh);
    for (const page of pagesOf(facts, ...sizes)) await projection.project(page);
    return fresh.dump();
  }

  async function project(
    entries: readonly LogEntry[],
    ...sizes: readonly number[]
  ): Promise<readonly RecordedFact[]> {
    const facts = recorded(entries);
    for (const page of pagesOf(facts, ...sizes)) await projector.project(page);
    return facts;
  }

  const parked = (): Promise<readonly ParkedStream[]> => store.snapshot((models) => models.parked());

  /** `column effective day known since households place`, in order: what was booked for one household. */
  async function journalOf(id: string): Promise<readonly string[]> {
    const rows = store.dump().journal.map((row) => JSON.parse(row) as Record<string, string>);
    return rows
      .filter((row) => row['household'] === id && row['group'] === 'all')
      .map((row) => `${row['recordedOn']} ${row['column']} ${row['effectiveOn']} ${row['households']}`)
      .sort();
  }

  const poorIn = async (unit: UnitId): Promise<number> => {
    const query = { unit, standard: 'VN-2022', group: 'all', to: LAST_DAY };
    const columns = await store.snapshot((models) => models.balances(query));
    return [...columns].reduce(
      (sum, [column, { households }]) => sum + (column.startsWith('poor.') ? households : 0),
      0,
    );
  };

  it('starts before the first fact and stands where the last page ended', async () => {
    expect(await projector.position()).toBe('');
    await project(UNITS, 4);
    expect(await projector.position()).toBe(at(UNITS.length));
    await projector.project({ facts: [], position: at(40) });
    expect(await projector.position()).toBe(at(40));
  });

  it('keeps each household with its facts, and its number on the list of the place', async () => {
    const facts = await project([...UNITS, H1, H1_POOR]);
    const document = await store.snapshot((models) => models.household('h-1'));
    expect(document?.listed).toEqual({ place: HERE, number: 'MH-h-1' });
    expect(document?.facts).toEqual(
      facts
        .slice(-2)
        .map((fact) => ({ fact: bareOf(householdCodec.decode(fact)), recordedOn: '2022-02-01' })),
    );
  });

  it('books movements at the place and on every unit above it', async () => {
    await project([...UNITS, H1, H1_POOR, H2, H2_POOR]);
    expect(await Promise.all([HERE, THERE, DISTRICT, PROVINCE, OTHER_PROVINCE].map(poorIn))).toEqual([
      1, 1, 2, 2, 0,
    ]);
    expect(await journalOf('h-1')).toEqual(['2022-02-01 poor.opened 2022-01-10 1']);
  });

  it('books a late fact as a difference, on the day on which it became known', async () => {
    await project([
      ...UNITS,
      H1,
      H1_POOR,
      ofHousehold('h-1', reviewed('poor', day('2022-12-15')), day('2022-12-20')),
      ofHousehold('h-1', escaped(day('2022-08-01')), day('2023-03-01')),
    ]);
    expect(await journalOf('h-1')).toEqual([
      '2022-02-01 poor.opened 2022-01-10 1',
      '2022-12-20 campaign.reviewed 2022-12-15 1',
      // Not poor on the eve of the campaign any more, so not expected in it.
      '2023-03-01 above.entered 2022-08-01 1',
      '2023-03-01 above.left 2022-12-15 -1',
      '2023-03-01 campaign.reviewed 2022-12-15 -1',
      '2023-03-01 poor.escapedAbove 2022-08-01 -1',
      '2023-03-01 poor.rePoor 2022-12-15 1',
    ]);
  });

  it('changes nothing when a page comes again, or one from before, or one that overlaps', async () => {
    const facts = recorded([...UNITS, H1, H1_POOR, H2, H2_POOR]);
    const [first, second] = pagesOf(facts, 8, 2);
    for (const page of [first, second]) await projector.project(page ?? pageOf([]));
    const before = store.dump();
    for (const again of [second, first, pageOf(facts.slice(5, 9)), pageOf(facts)]) {
      await projector.project(again ?? pageOf([]));
      expect(store.dump()).toEqual(before);
    }
  });

  it('takes only what is new from a page that begins before the checkpoint', async () => {
    const facts = recorded([...UNITS, H1, H1_POOR, H2, H2_POOR]);
    await projector.project(pageOf(facts.slice(0, 8)));
    await projector.project(pageOf(facts.slice(4)));
    expect(store.dump()).toEqual(await folded(facts));
  });

  it('refuses to write when another projector was faster, and goes on behind it', async () => {
    const facts = recorded([...UNITS, H1, H1_POOR]);
    const page = pageOf(facts);
    const outcomes = await Promise.allSettled([projector.project(page), new Projector(store).project(page)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(outcomes[1]).toMatchObject({ reason: expect.any(CheckpointMoved) as CheckpointMoved });
    expect(store.dump()).toEqual(await folded(facts));
  });

  describe('on the day of a booking', () => {
    it('takes the day that an old book brings before the day of the log', async () => {
      const [fact] = recorded([ofHousehold('h-1', registered('h-1', HERE, BORN), day('2024-05-05'))]);
      const migrated = {
        ...fact,
        metadata: { ...fact?.metadata, recordedOn: day('2022-03-04') },
      } as RecordedFact;
      await projector.project(pageOf([migrated]));
      expect((await everythingIn(store)).checkpoint.lastDay).toBe('2022-03-04');
    });

    it('takes the day in Vietnam, seven hours ahead', async () => {
      const [fact] = recorded([ofHousehold('h-1', registered('h-1', HERE, BORN), day('2024-05-05'))]);
      await projector.project(pageOf([{ ...fact, recordedAt: '2024-05-05T17:30:00.000Z' } as RecordedFact]));
      expect((await everythingIn(store)).checkpoint.lastDay).toBe('2024-05-06');
    });

    it.each([[1], [2], [100]])(
      'never falls, even when the clock steps back (rule 1), in pages of %d',
      async (size) => {
        await project(
          [
            ...UNITS,
            H1,
            ofHousehold('h-1', reviewed('poor', BORN), day('2022-06-01')),
            ofHousehold('h-1', escaped(day('2022-05-01')), day('2022-03-01')),
            ofHousehold('h-1', reviewed('near-poor', day('2022-05-20')), day('2022-06-02')),
          ],
          size,
        );
        expect(await journalOf('h-1')).toEqual([
          '2022-06-01 above.entered 2022-05-01 1',
          '2022-06-01 poor.escapedAbove 2022-05-01 -1',
          '2022-06-01 poor.opened 2022-01-10 1',
          '2022-06-02 above.left 2022-05-20 -1',
          '2022-06-02 near-poor.newlyArising 2022-05-20 1',
        ]);
        expect((await everythingIn(store)).checkpoint.lastDay).toBe('2022-06-02');
      },
    );

    it('books what was known between two days of one page (rule 3)', async () => {
      const entries = [
        ...UNITS,
        H1,
        ofHousehold('h-1', reviewed('poor', BORN), day('2022-02-01')),
        ofHousehold('h-1', reviewed('above', BORN), day('2022-02-02')),
      ];
      const facts = await project(entries);
      expect(await journalOf('h-1')).toEqual([
        '2022-02-01 poor.opened 2022-01-10 1',
        '2022-02-02 above.entered 2022-01-10 1',
        '2022-02-02 poor.opened 2022-01-10 -1',
      ]);
      expect(store.dump()).toEqual(await folded(facts, 1));
    });

    it('books nothing of what came and went on one day', async () => {
      await project(
        [...UNITS, H1, H1_POOR, ofHousehold('h-1', reviewed('above', BORN), day('2022-02-01'))],
        1,
      );
      expect(await journalOf('h-1')).toEqual(['2022-02-01 above.entered 2022-01-10 1']);
    });
  });

  describe('when a fact cannot be booked', () => {
    const broken: Record<string, LogEntry> = {
      'whose bytes cannot be read': { ...H1_POOR, undecodable: 'checksum differs' },
      'of an unknown type': { ...H1_POOR, fact: { ...H1_POOR.fact, type: 'ĐãRàSoát' } },
      'of an unknown version': { ...H1_POOR, fact: { ...H1_POOR.fact, version: 2 } },
      'of another shape': { ...H1_POOR, fact: { ...H1_POOR.fact, data: { effectiveOn: '2022-02-30' } } },
      'under an unknown standard': ofHousehold(
        'h-1',
        reviewed('poor', BORN, { standard: 'VN-1999' }),
        day('2022-02-01'),
      ),
      'naming an unknown unit': ofHousehold('h-1', moved('99999@2022-01-01', BORN), day('2022-02-01')),
    };
    const LATER = ofHousehold('h-1', reviewed('near-poor', day('2022-12-01')), day('2022-12-02'));

    it.each(Object.entries(broken))('parks the household at one %s, and others go on', async (_what, bad) => {
      for (const sizes of [[1], [100]]) {
        store = new InMemoryReadStore();
        projector = new Projector(store);
        await project([...UNITS, H1, H2, bad, H2_POOR, LATER], ...sizes);
        const named = typeof bad.fact.data['to'] === 'string' ? [bad.fact.data['to']] : [];
        expect(await parked()).toEqual([
          {
            stream: 'household-h-1',
            reason: expect.stringMatching(/./) as string,
            places: [HERE, ...named],
            facts: [
              { position: at(9), recordedOn: '2022-02-01' },
              { position: at(11), recordedOn: '2022-12-02' },
            ],
          },
        ]);
        expect(await journalOf('h-1')).toEqual([]);
        expect((await store.snapshot((models) => models.household('h-1')))?.facts).toHaveLength(1);
        expect(await journalOf('h-2')).toEqual(['2022-02-01 poor.opened 2022-01-10 1']);
        expect((await everythingIn(store)).checkpoint).toEqual({ position: at(11), lastDay: '2022-12-02' });
      }
    });

    it('books what came before it on the same day', async () => {
      const second = { ...LATER, recordedOn: day('2022-02-01'), undecodable: 'torn' };
      await project([...UNITS, H1, H1_POOR, second]);
      expect(await journalOf('h-1')).toEqual(['2022-02-01 poor.opened 2022-01-10 1']);
      expect(await parked()).toMatchObject([{ reason: 'torn', facts: [{ position: at(9) }] }]);
    });

    it('parks a household that begins with something else than its registration', async () => {
      await project([...UNITS, H1_POOR, H1]);
      expect(await parked()).toMatchObject([{ stream: 'household-h-1', places: [], facts: [{}, {}] }]);
      expect(await store.snapshot((models) => models.household('h-1'))).toBeUndefined();
    });

    it.each([[1], [100]])('parks a household that names itself another one, in pages of %d', async (size) => {
      const stranger = ofHousehold('h-3', registered('h-1', THERE, BORN), day('2022-02-01'));
      await project(
        [...UNITS, H1, H1_POOR, stranger, ofHousehold('h-3', reviewed('poor', BORN), YEAR_END)],
        size,
      );
      expect(await parked()).toMatchObject([{ stream: 'household-h-3', facts: [{}, {}] }]);
      expect(await store.snapshot((models) => models.household('h-1'))).toMatchObject({
        facts: [{ fact: { type: 'HouseholdRegistered', place: HERE } }, {}],
      });
    });

    it('names the places of what waits behind it, whenever it came', async () => {
      const entries = [
        ...UNITS,
        H1,
        { ...H1_POOR, undecodable: 'torn' },
        ofHousehold('h-1', moved(ELSEWHERE, YEAR_END), YEAR_END),
      ];
      for (const sizes of [[1], [100]]) {
        store = new InMemoryReadStore();
        projector = new Projector(store);
        await project(entries, ...sizes);
        expect((await parked()).map(({ places }) => inAnyOrder(places))).toEqual([[HERE, ELSEWHERE]]);
      }
    });

    it('parks totals for their unit, and the registry for every place', async () => {
      const total = ofTotals(declared({ unit: THERE }).fact, day('2023-01-05'));
      const act = ofUnits(createdIn(NEW_COMMUNE, DISTRICT), day('2022-02-20'));
      await project(
        [
          ...UNITS,
          H1,
          { ...total, undecodable: 'torn' },
          { ...act, undecodable: 'torn' },
          H1_POOR,
          total,
          act,
        ],
        3,
      );
      expect(inAnyOrder(await parked())).toMatchObject([
        {
          stream: `totals-${THERE}`,
          reason: 'torn',
          places: [THERE],
          facts: [{ position: at(8) }, { position: at(11) }],
        },
        {
          stream: UNITS_STREAM,
          reason: 'torn',
          places: [],
          facts: [{ position: at(9) }, { position: at(12) }],
        },
      ]);
      expect(await poorIn(DISTRICT)).toBe(1);
      expect((await everythingIn(store)).totals).toEqual([]);
    });

    it('parks the registry at a fact that names a unit nobody created', async () => {
      const act = ofUnits(createdIn(NEW_COMMUNE, '999@2022-01-01'), day('2022-02-20'));
      const good = ofUnits(abolished(THERE, day('2022-07-01')), day('2022-07-01'));
      for (const sizes of [[1], [100]]) {
        store = new InMemoryReadStore();
        projector = new Projector(store);
        await project([...UNITS, act, good, H1, H1_POOR], ...sizes);
        expect(await parked()).toMatchObject([
          { stream: UNITS_STREAM, facts: [{ position: at(7) }, { position: at(8) }] },
        ]);
        expect(await poorIn(DISTRICT)).toBe(1);
      }
    });
  });

  describe('when parked streams are tried again', () => {
    const torn = (entry: LogEntry): LogEntry => ({ ...entry, undecodable: 'torn' });

    /** Projects a log with torn facts, repairs them all, and compares with a fold of the whole log. */
    async function repaired(entries: readonly LogEntry[], ...sizes: readonly number[]): Promise<void> {
      await project(entries, ...sizes);
      const whole = recorded(entries.map(({ undecodable: _torn, ...entry }) => entry));
      expect(await projector.retryParked(storeOf(whole))).toEqual([]);
      expect(store.dump()).toEqual(await folded(whole));
    }

    it('books a repaired household as if nothing had happened', async () => {
      await repaired(
        [
          ...UNITS,
          H1,
          torn(H1_POOR),
          H2,
          ofHousehold('h-1', moved(THERE, day('2022-06-01')), day('2022-06-05')),
          H2_POOR,
          ofHousehold('h-1', reviewed('above', day('2022-05-01')), day('2022-12-05')),
        ],
        2,
      );
    });

    it('books households of a unit that was missing, whichever day it arrives', async () => {
      const newcomer = ofHousehold(
        'h-3',
        registered('h-3', NEW_COMMUNE, day('2022-03-05')),
        day('2022-03-06'),
      );
      const poor = ofHousehold('h-3', reviewed('poor', day('2022-03-05')), day('2022-03-07'));
      const entries = [
        ...UNITS,
        newcomer,
        H1,
        poor,
        H1_POOR,
        ofUnits(createdIn(NEW_COMMUNE, DISTRICT), day('2022-04-01')),
      ];
      const facts = await project(entries, 1);
      expect(await parked()).toMatchObject([
        { stream: 'household-h-3', places: [NEW_COMMUNE], facts: [{}, {}] },
      ]);

      expect(await projector.retryParked(storeOf(facts))).toEqual([]);
      expect(store.dump()).toEqual(await folded(facts));
      expect(await journalOf('h-3')).toEqual(['2022-03-07 poor.newlyArising 2022-03-05 1']);
    });

    it('books the registry first, then the households that waited for it, then totals', async () => {
      await repaired(
        [
          ...UNITS,
          ofHousehold('h-3', registered('h-3', NEW_COMMUNE, day('2022-03-05')), day('2022-03-06')),
          torn(ofTotals(declared({ unit: THERE }).fact, day('2023-01-05'))),
          torn(ofUnits(createdIn(NEW_COMMUNE, DISTRICT), day('2022-02-20'))),
          H2,
          ofUnits(abolished(THERE, day('2022-07-01')), day('2022-06-20')),
          H2_POOR,
          ofHousehold('h-3', reviewed('poor', day('2022-03-05')), day('2022-03-07')),
          ofTotals(declared({ unit: HERE }).fact, day('2023-01-06')),
          ofTotals(declared({ unit: THERE, households: 7 }).fact, day('2023-01-07')),
        ],
        1,
      );
    });

    it('waits again at the next fact that does not fold', async () => {
      const entries = [
        ...UNITS,
        H1,
        torn(H1_POOR),
        ofHousehold('h-1', escaped(day('2022-06-01')), YEAR_END),
        torn(H1_POOR),
      ];
      await project(entries);
      const half = recorded(entries.map((entry, index) => (index === 7 ? { ...H1_POOR } : entry)));
      expect(await projector.retryParked(storeOf(half))).toMatchObject([
        { stream: 'household-h-1', reason: 'torn', facts: [{ position: at(10) }] },
      ]);
      expect(store.dump()).toEqual(await folded(half));
    });

    it('changes nothing when nothing was repaired, nor when nothing is parked', async () => {
      const facts = await project(
        [...UNITS, H1, torn(H1_POOR), H2, torn(ofUnits(abolished(THERE, YEAR_END)))],
        2,
      );
      const before = store.dump();
      expect(await projector.retryParked(storeOf(facts))).toHaveLength(2);
      expect(store.dump()).toEqual(before);

      await projector.retryParked(
        storeOf(recorded([...UNITS, H1, H1_POOR, H2, ofUnits(abolished(THERE, YEAR_END))])),
      );
      const whole = store.dump();
      expect(await projector.retryParked(storeOf(facts))).toEqual([]);
      expect(store.dump()).toEqual(whole);
    });

    it('loses and doubles nothing while new facts arrive', async () => {
      const entries = [
        ...UNITS,
        H1,
        torn(H1_POOR),
        ofHousehold('h-1', moved(THERE, YEAR_END), YEAR_END),
        H2,
        H2_POOR,
      ];
      const whole = recorded(entries.map(({ undecodable: _torn, ...entry }) => entry));
      await projector.project(pageOf(recorded(entries).slice(0, 8)));
      await Promise.all([
        projector.retryParked(storeOf(whole)),
        projector.project(pageOf(whole.slice(8))),
        projector.retryParked(storeOf(whole)),
      ]);
      expect(await projector.retryParked(storeOf(whole))).toEqual([]);
      expect(store.dump()).toEqual(await folded(whole));
    });
  });

  describe('when units change', () => {
    const boundaries = async (unit: UnitId): Promise<Readonly<Record<string, number>>> => {
      const query = { unit, standard: 'VN-2022', group: 'all', to: LAST_DAY };
      const columns = await store.snapshot((models) => models.balances(query));
      const found = [...columns].filter(
        ([column, amount]) => column.includes('.boundary') && amount.households !== 0,
      );
      return Object.fromEntries(found.map(([column, { households }]) => [column, households]));
    };
    const HISTORY = [
      ...UNITS,
      H1,
      H1_POOR,
      H2,
      H2_POOR,
      ofHousehold('h-2', moved(HERE, day('2022-04-01')), day('2022-04-02')),
      ofHousehold('h-1', reviewed('above', day('2022-06-01')), day('2022-06-02')),
    ];

    it('books the stock of an abolished commune out of the units above it, whether or not it is known before', async () => {
      const act = ofUnits(abolished(HERE, day('2022-05-01')), day('2022-07-01'));
      const facts = await project([...HISTORY, act], 1);
      expect(await boundaries(HERE)).toEqual({ 'poor.boundaryOut': -2 });
      expect(await boundaries(PROVINCE)).toEqual({ 'poor.boundaryOut': -2 });
      expect(await poorIn(PROVINCE)).toBe(0);
      expect(store.dump()).toEqual(await folded(facts));

      store = new InMemoryReadStore();
      projector = new Projector(store);
      await project([...UNITS, act, ...HISTORY.slice(UNITS.length)], 1);
      expect(await boundaries(PROVINCE)).toEqual({ 'poor.boundaryOut': -2 });
    });

    it('lets the province keep what its abolished district held', async () => {
      const facts = await project(
        [...HISTORY, ofUnits(abolished(DISTRICT, day('2022-07-01')), day('2022-07-01'))],
        1,
      );
      expect(await boundaries(DISTRICT)).toEqual({ 'poor.boundaryOut': -1, 'above.boundaryOut': -1 });
      expect(await boundaries(PROVINCE)).toEqual({});
      expect(await poorIn(PROVINCE)).toBe(1);
      expect(store.dump()).toEqual(await folded(facts));
    });

    it('sees a move inside a district become one between units when the district ends before it', async () => {
      const facts = await project(
        [...HISTORY, ofUnits(abolished(THERE, day('2022-03-01')), day('2022-07-01'))],
        1,
      );
      const query = { unit: DISTRICT, standard: 'VN-2022', group: 'all', to: LAST_DAY };
      const columns = await store.snapshot((models) => models.balances(query));
      expect(columns.get('poor.movedIn')).toEqual({ households: 1, persons: 4 });
      expect(columns.get('poor.boundaryOut')).toEqual({ households: -1, persons: -4 });
      expect(store.dump()).toEqual(await folded(facts));
    });

    it('books nothing for a new name', async () => {
      await project(HISTORY);
      const { balances, journal } = store.dump();
      const rename = {
        type: 'UnitRenamed',
        unit: PROVINCE,
        effectiveOn: YEAR_END,
        name: 'Tỉnh Lâm Đồng',
      } as const;
      const facts = recorded([...HISTORY, ofUnits(rename)]);
      await projector.project(pageOf(facts.slice(-1)));
      expect(store.dump()).toMatchObject({ balances, journal });
      expect((await everythingIn(store)).unitFacts).toHaveLength(UNITS.length + 1);
    });

    it('forgets what a dissolved household was, and no one else', async () => {
      await project([...HISTORY, ofHousehold('h-2', dissolved(day('2022-08-01')), day('2022-08-02'))]);
      expect(await poorIn(PROVINCE)).toBe(0);
      expect(await poorIn(HERE)).toBe(0);
    });
  });
});
