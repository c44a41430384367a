import type { UnitId } from '@ledger/kernel';
import { LAST_DAY, numberOfDay } from '@ledger/kernel';
import type { JournalEntry } from '../ledger/movement';
import type { EntriesQuery } from '../read-store';
import { entrySums, inAnyOrder } from './all-answers';
import type { ReadStoreInTest } from './read-store.contract';
import { day, ELSEWHERE, entry, HERE, move, takenBack, THERE, writeNext } from './sample-batches';

const ALL: EntriesQuery = { places: [HERE], standard: 'VN-2022', group: 'all', knownOn: LAST_DAY };

export function entriesCases(test: ReadStoreInTest): void {
  const given = (...journal: JournalEntry[]): Promise<void> => writeNext(test.store, { journal });
  const sums = (query: Partial<EntriesQuery> = {}) =>
    test.store.snapshot((models) => entrySums(models, { ...ALL, ...query }));
  const households = async (query: Partial<EntriesQuery> = {}): Promise<number> =>
    (await sums(query)).reduce((sum, line) => sum + line.households, 0);

  it('are handed over as numbers, with the place that was asked for and the other end of a move', async () => {
    const old = day('1969-12-31');
    await given(entry({ place: THERE, effectiveOn: old }), ...move('poor', THERE, ELSEWHERE));
    const taken: unknown[] = [];
    const query = { ...ALL, places: [HERE, THERE] };
    const soMany = await test.store.snapshot((models) =>
      models.eachEntry(query, (...told) => void taken.push(told)),
    );
    expect(inAnyOrder(taken)).toEqual(
      inAnyOrder([
        [1, 'poor.newlyArising', -1, null, 1, 4],
        [1, 'poor.movedOut', numberOfDay(day('2023-01-01')), ELSEWHERE, -1, -4],
      ]),
    );
    expect(soMany).toBe(2);
    expect(numberOfDay(old)).toBe(-1);
  });

  it('add up to the lines, what was taken back on a later day included', async () => {
    await given(entry(), entry({ household: 'h-2', persons: 3 }), ...move('poor', HERE, THERE));
    await given(takenBack(entry(), day('2024-01-01')));
    const lines = await test.store.snapshot((models) => models.lines({ ...ALL, effectiveTo: LAST_DAY }));
    expect(inAnyOrder(await sums())).toEqual(inAnyOrder(lines));
  });

  it('are those of the places, the standard and the group', async () => {
    await given(
      entry(),
      entry({ household: 'h-2', place: THERE, households: 10 }),
      entry({ household: 'h-3', standard: 'VN-2016', households: 100 }),
      entry({ household: 'h-4', group: 'merit', households: 1_000 }),
    );
    const unknown: UnitId = '99999@2004-06-30';
    expect(await households()).toBe(1);
    expect(await households({ places: [unknown, THERE, HERE] })).toBe(11);
    expect((await sums({ places: [unknown, THERE] })).map(({ place }) => place)).toEqual([THERE]);
    expect(await households({ standard: 'VN-2016' })).toBe(100);
    expect(await households({ group: 'merit' })).toBe(1_000);
    expect(await sums({ places: [] })).toEqual([]);
    expect(await sums({ places: [unknown] })).toEqual([]);
    expect(await sums({ standard: 'VN-1990' })).toEqual([]);
    expect(await sums({ group: 'nobody' })).toEqual([]);
  });

  it('are those that became known after one day and by another', async () => {
    await given(
      entry({ recordedOn: day('2023-01-05') }),
      entry({ household: 'h-2', households: 10, recordedOn: day('2023-01-06') }),
      entry({ household: 'h-3', households: 100, recordedOn: day('2023-01-07') }),
    );
    expect(await households({ knownOn: day('2023-01-04') })).toBe(0);
    expect(await households({ knownOn: day('2023-01-06') })).toBe(11);
    expect(await households({ knownAfter: day('2023-01-05') })).toBe(110);
    expect(await households({ knownAfter: day('2023-01-05'), knownOn: day('2023-01-06') })).toBe(10);
    expect(await households({ knownAfter: day('2023-01-06'), knownOn: day('2023-01-06') })).toBe(0);
  });
}
