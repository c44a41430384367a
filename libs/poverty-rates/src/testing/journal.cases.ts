import type { UnitId } from '@ledger/kernel';
import { addDays, LAST_DAY } from '@ledger/kernel';
import type { Amount, JournalEntry, Line } from '../ledger/movement';
import type { HouseholdEvent, JournalQuery } from '../read-store';
import { inAnyOrder } from './all-answers';
import type { ReadStoreInTest } from './read-store.contract';
import { day, ELSEWHERE, entry, HERE, move, takenBack, THERE, writeNext } from './sample-batches';

const ANY_DAY: JournalQuery = { places: [HERE], effectiveTo: LAST_DAY };
const PLACES = 2_000;

export function journalCases(test: ReadStoreInTest): void {
  const lines = (query: Partial<JournalQuery> = {}): Promise<readonly (Line & Amount)[]> =>
    test.store.snapshot((models) => models.lines({ ...ANY_DAY, ...query }));
  const events = (query: Partial<JournalQuery> = {}): Promise<readonly HouseholdEvent[]> =>
    test.store.snapshot((models) => models.events({ ...ANY_DAY, ...query }));
  const given = (...journal: JournalEntry[]): Promise<void> => writeNext(test.store, { journal });
  /** Which of the given entries a query finds, told by their households. */
  const found = async (query: Partial<JournalQuery>): Promise<readonly string[]> => {
    const households = (await events(query)).map(({ household }) => household);
    const summed = (await lines(query)).reduce((sum, line) => sum + line.households, 0);
    expect(summed).toBe(households.length);
    return households.sort();
  };

  it('adds lines up over households and days of knowledge, and tells households apart in events', async () => {
    await given(entry(), entry({ household: 'h-2', persons: 3 }));
    await given(entry({ household: 'h-3', persons: 1, recordedOn: day('2024-06-01') }));
    const { place, standard, group, column, effectiveOn, counterpart } = entry();
    const line = { place, standard, group, column, effectiveOn, counterpart };
    expect(await lines()).toEqual([{ ...line, households: 3, persons: 8 }]);
    expect(inAnyOrder(await events())).toEqual(
      ['h-1', 'h-2', 'h-3'].map((household) => ({ ...line, household })),
    );
  });

  it('adds up what is booked again on the same key, in one batch or in two', async () => {
    await given(entry({ persons: 4 }), entry({ households: 0, persons: -1 }));
    await given(entry({ households: 0, persons: 2 }));
    expect(await lines()).toMatchObject([{ households: 1, persons: 5 }]);
    expect(await events()).toMatchObject([{ household: 'h-1' }]);
  });

  it.each(['in one batch', 'in two batches'])('forgets a line that returns to nothing, %s', async (how) => {
    const undone = takenBack(entry(), entry().recordedOn);
    if (how === 'in one batch') await given(entry(), undone);
    else {
      await given(entry());
      await given(undone);
    }
    expect([await lines(), await events()]).toEqual([[], []]);
  });

  it('keeps a line that was taken back later, for those who ask what was known before', async () => {
    await given(entry());
    await given(takenBack(entry(), day('2024-01-01')));
    expect([await lines(), await events()]).toEqual([[], []]);
    expect(await found({ knownOn: day('2023-12-31') })).toEqual(['h-1']);
    expect(await found({ knownOn: day('2024-01-01') })).toEqual([]);
  });

  it('takes two households of opposite amounts for two events and no line', async () => {
    await given(entry(), takenBack(entry({ household: 'h-2' }), entry().recordedOn));
    expect(await lines()).toEqual([]);
    expect((await events()).map(({ household }) => household).sort()).toEqual(['h-1', 'h-2']);
  });

  it('knows a line of persons alone', async () => {
    await given(entry({ column: 'poor.otherIncrease', households: 0, persons: 2 }));
    expect(await lines()).toMatchObject([{ column: 'poor.otherIncrease', households: 0, persons: 2 }]);
    expect(await events()).toMatchObject([{ column: 'poor.otherIncrease', household: 'h-1' }]);
  });

  it('tells moves apart by their other ends', async () => {
    await given(...move('poor', HERE, THERE), ...move('poor', HERE, ELSEWHERE, { household: 'h-2' }));
    const ends = (await lines()).map(({ place, column, counterpart, households }) => [
      place,
      column,
      counterpart,
      households,
    ]);
    expect(ends.sort()).toEqual([
      [HERE, 'poor.movedOut', THERE, -1],
      [HERE, 'poor.movedOut', ELSEWHERE, -1],
    ]);
    expect((await events({ places: [THERE] }))[0]).toMatchObject({ household: 'h-1', counterpart: HERE });
  });

  it('asks for places, each once however often it is named', async () => {
    await given(
      entry(),
      entry({ household: 'h-2', place: THERE }),
      entry({ household: 'h-3', place: ELSEWHERE }),
    );
    expect(await found({ places: [] })).toEqual([]);
    expect(await found({ places: ['99999@2004-06-30'] })).toEqual([]);
    expect(await found({ places: [THERE] })).toEqual(['h-2']);
    expect(await found({ places: [HERE, ELSEWHERE] })).toEqual(['h-1', 'h-3']);
    expect(await found({ places: [HERE, HERE] })).toEqual(['h-1']);
  });

  it('asks for a standard, a group and columns', async () => {
    await given(
      entry(),
      entry({ household: 'h-2', standard: 'VN-2016' }),
      entry({ household: 'h-3', group: 'ethnic-minority' }),
      entry({ household: 'h-4', column: 'near-poor.newlyArising' }),
      entry({ household: 'h-5', column: 'campaign.reviewed' }),
    );
    expect(await found({ standard: 'VN-2016' })).toEqual(['h-2']);
    expect(await found({ group: 'ethnic-minority' })).toEqual(['h-3']);
    expect(await found({ columns: ['near-poor.newlyArising', 'campaign.reviewed'] })).toEqual(['h-4', 'h-5']);
    expect(await found({ columns: ['poor.rePoor'] })).toEqual([]);
    expect(await found({ columns: [] })).toEqual([]);
    expect(await found({ standard: 'VN-2022', group: 'all', columns: ['poor.newlyArising'] })).toEqual([
      'h-1',
    ]);
  });

  it('asks for effective days, both ends included', async () => {
    const first = day('2023-01-01');
    await given(
      ...[0, 1, 2].map((days) => entry({ household: `h-${days}`, effectiveOn: addDays(first, days) })),
    );
    expect(await found({ effectiveTo: day('2022-12-31') })).toEqual([]);
    expect(await found({ effectiveTo: day('2023-01-02') })).toEqual(['h-0', 'h-1']);
    expect(await found({ effectiveFrom: day('2023-01-02') })).toEqual(['h-1', 'h-2']);
    expect(await found({ effectiveFrom: day('2023-01-02'), effectiveTo: day('2023-01-02') })).toEqual([
      'h-1',
    ]);
    expect(await found({ effectiveFrom: day('2023-01-03'), effectiveTo: day('2023-01-01') })).toEqual([]);
  });

  it('asks as known by the end of a day, whatever the effective days', async () => {
    await given(
      entry({ household: 'h-1', effectiveOn: day('2023-03-01'), recordedOn: day('2023-01-05') }),
      entry({ household: 'h-2', effectiveOn: day('2022-01-01'), recordedOn: day('2023-01-06') }),
    );
    expect(await found({ knownOn: day('2023-01-04') })).toEqual([]);
    expect(await found({ knownOn: day('2023-01-05') })).toEqual(['h-1']);
    expect(await found({ knownOn: day('2023-01-06') })).toEqual(['h-1', 'h-2']);
    expect(await found({ knownOn: day('2023-01-06'), effectiveTo: day('2022-12-31') })).toEqual(['h-2']);
  });

  it(`asks for ${PLACES} places at once`, async () => {
    const places = Array.from({ length: PLACES }, (_item, index): UnitId => `${10_000 + index}@2004-06-30`);
    await given(
      ...places.map((place, index) => entry({ place, household: `h-${index}` })),
      entry({ household: 'x' }),
    );
    expect(await lines({ places })).toHaveLength(PLACES);
    expect(await events({ places, standard: 'VN-2022', knownOn: LAST_DAY })).toHaveLength(PLACES);
  });
}
