import type { UnitId } from '@ledger/kernel';
import { LAST_DAY } from '@ledger/kernel';
import type { JournalEntry } from '../ledger/movement';
import type { OnListQuery } from '../read-store';
import type { ReadStoreInTest } from './read-store.contract';
import { day, ELSEWHERE, entry, HERE, household, move, takenBack, THERE, writeNext } from './sample-batches';

const ON_LIST: OnListQuery = {
  places: [HERE, THERE],
  standard: 'VN-2022',
  group: 'all',
  list: 'poor',
  on: LAST_DAY,
  limit: 100,
};

export function listsCases(test: ReadStoreInTest): void {
  const given = (...journal: JournalEntry[]): Promise<void> => writeNext(test.store, { journal });

  describe('on a list at the end of a day', () => {
    const householdsOn = (query: Partial<OnListQuery> = {}): Promise<readonly string[]> =>
      test.store.snapshot((models) => models.householdsOn({ ...ON_LIST, ...query }));

    it('are in the order of their ids, so many after one', async () => {
      const ids = ['h-2', 'H-9', 'h-10', 'h-1', 'a.b', '0'];
      await given(...ids.map((id, index) => entry({ household: id, place: index % 2 ? HERE : THERE })));
      const inOrder = ['0', 'H-9', 'a.b', 'h-1', 'h-10', 'h-2'];
      expect(await householdsOn()).toEqual(inOrder);
      expect(await householdsOn({ limit: 4 })).toEqual(inOrder.slice(0, 4));
      expect(await householdsOn({ after: 'h-1', limit: 1 })).toEqual(['h-10']);
      expect(await householdsOn({ after: 'b' })).toEqual(inOrder.slice(3));
      expect(await householdsOn({ after: 'h-2' })).toEqual([]);
    });

    it('stand on it by what came and went up to that day', async () => {
      await given(
        entry(),
        entry({ column: 'poor.escapedAbove', effectiveOn: day('2023-06-01'), households: -1, persons: -4 }),
        entry({ column: 'above.entered', effectiveOn: day('2023-06-01') }),
      );
      expect(await householdsOn({ on: day('2022-12-31') })).toEqual([]);
      expect(await householdsOn({ on: day('2023-05-31') })).toEqual(['h-1']);
      expect(await householdsOn({ on: day('2023-06-01') })).toEqual([]);
      expect(await householdsOn({ on: day('2023-06-01'), list: 'above' })).toEqual(['h-1']);
    });

    it('stand on it once, where they moved to', async () => {
      await given(entry(), ...move('poor', HERE, THERE, { effectiveOn: day('2023-06-01') }));
      const on = (place: UnitId, on: string) => householdsOn({ places: [place], on: day(on) });
      expect([await on(HERE, '2023-05-31'), await on(THERE, '2023-05-31')]).toEqual([['h-1'], []]);
      expect([await on(HERE, '2023-06-01'), await on(THERE, '2023-06-01')]).toEqual([[], ['h-1']]);
      expect(await householdsOn({ places: [HERE, THERE, THERE] })).toEqual(['h-1']);
    });

    it('do not stand on it for members alone, or when their entry is not in the books', async () => {
      await given(
        entry({ household: 'h-1', column: 'poor.otherIncrease', households: 0, persons: 3 }),
        entry({ household: 'h-2', column: 'poor.escapedAbove', households: -1, persons: -4 }),
        entry({ household: 'h-3', column: 'campaign.reviewed' }),
      );
      expect(await householdsOn()).toEqual([]);
    });

    it('stand on it under one standard, in one group and as known on a day', async () => {
      await given(
        entry({ household: 'h-1', standard: 'VN-2016' }),
        entry({ household: 'h-2', group: 'merit' }),
        entry({ household: 'h-3', recordedOn: day('2024-01-01') }),
      );
      expect(await householdsOn()).toEqual(['h-3']);
      expect(await householdsOn({ standard: 'VN-2016' })).toEqual(['h-1']);
      expect(await householdsOn({ group: 'merit' })).toEqual(['h-2']);
      expect(await householdsOn({ knownOn: day('2023-12-31') })).toEqual([]);
    });
  });

  describe('poor again', () => {
    const poorAgain = async (...asked: [readonly string[], string?, string?]): Promise<readonly string[]> => {
      const [households, to = LAST_DAY, knownOn = LAST_DAY] = asked;
      const events = await test.store.snapshot((models) =>
        models.poorAgain(households, day(to), day(knownOn)),
      );
      return events.map(({ household: id, column, effectiveOn }) => `${id} ${column} ${effectiveOn}`).sort();
    };

    it('are found wherever they live, under whichever standard, up to a day', async () => {
      await given(
        entry({ column: 'poor.rePoor', standard: 'VN-2016', effectiveOn: day('2020-05-01') }),
        entry({ column: 'poor.becamePoorFromNearPoor', place: THERE, effectiveOn: day('2023-05-01') }),
        entry({ column: 'poor.newlyArising', effectiveOn: day('2019-05-01') }),
        entry({ column: 'poor.rePoor', household: 'h-2' }),
      );
      const first = 'h-1 poor.rePoor 2020-05-01';
      const second = 'h-1 poor.becamePoorFromNearPoor 2023-05-01';
      expect(await poorAgain(['h-1'])).toEqual([second, first]);
      expect(await poorAgain(['h-1'], '2023-04-30')).toEqual([first]);
      expect(await poorAgain(['h-3'])).toEqual([]);
      expect(await poorAgain([])).toEqual([]);
      expect(await poorAgain(['h-1', 'h-2', 'h-1'])).toHaveLength(3);
    });

    it('are counted as households, not once more in each of their groups', async () => {
      await given(entry({ column: 'poor.rePoor' }), entry({ column: 'poor.rePoor', group: 'merit' }));
      expect(await poorAgain(['h-1'])).toHaveLength(1);
    });

    it('are known from the day on which it was recorded until it is taken back', async () => {
      const rePoor = entry({ column: 'poor.rePoor' });
      await given(rePoor, takenBack(rePoor, day('2023-03-01')));
      expect(await poorAgain(['h-1'], LAST_DAY, '2023-01-04')).toEqual([]);
      expect(await poorAgain(['h-1'], LAST_DAY, '2023-02-28')).toHaveLength(1);
      expect(await poorAgain(['h-1'])).toEqual([]);
      const latest = await test.store.snapshot((models) => models.poorAgain(['h-1'], LAST_DAY));
      expect(latest).toEqual([]);
    });
  });

  describe('under a number of a list', () => {
    const listedAs = (places: readonly UnitId[], number: string): Promise<readonly string[]> =>
      test.store.snapshot((models) => models.listedAs(places, number));

    it('are found in the places that gave the number, in order', async () => {
      await writeNext(test.store, {
        households: [
          household('h-3', { listed: { place: HERE, number: 'Mã 07/Đ' } }),
          household('h-1', { listed: { place: THERE, number: 'Mã 07/Đ' } }),
          household('h-2', { listed: { place: HERE, number: 'Mã 07/Đ' } }),
          household('h-4', { listed: { place: HERE, number: '7' } }),
          household('h-5'),
        ],
      });
      expect(await listedAs([HERE], 'Mã 07/Đ')).toEqual(['h-2', 'h-3']);
      expect(await listedAs([THERE, HERE, HERE], 'Mã 07/Đ')).toEqual(['h-1', 'h-2', 'h-3']);
      expect(await listedAs([ELSEWHERE], 'Mã 07/Đ')).toEqual([]);
      expect(await listedAs([HERE], '07')).toEqual([]);
      expect(await listedAs([], '7')).toEqual([]);
    });

    it('are found under their present number only', async () => {
      await writeNext(test.store, {
        households: [household('h-1', { listed: { place: HERE, number: '1' } })],
      });
      await writeNext(test.store, {
        households: [household('h-1', { listed: { place: THERE, number: '2' } })],
      });
      expect([await listedAs([HERE], '1'), await listedAs([THERE], '2')]).toEqual([[], ['h-1']]);
      await writeNext(test.store, { households: [household('h-1')] });
      expect(await listedAs([HERE, THERE], '2')).toEqual([]);
    });
  });
}
