import { LAST_DAY } from '@ledger/kernel';
import type { Booking } from '../ledger/booking';
import type { Amount } from '../ledger/movement';
import type { BalanceQuery } from '../read-store';
import { notNothing } from './all-answers';
import type { ReadStoreInTest } from './read-store.contract';
import { booking, day, HERE, THERE, writeNext } from './sample-batches';

const ANY_DAY: BalanceQuery = { unit: HERE, standard: 'VN-2022', group: 'all', to: LAST_DAY };

export function balancesCases(test: ReadStoreInTest): void {
  const balances = async (query: Partial<BalanceQuery> = {}): Promise<Readonly<Record<string, Amount>>> =>
    notNothing(await test.store.snapshot((models) => models.balances({ ...ANY_DAY, ...query })));
  const given = (...bookings: Booking[]): Promise<void> => writeNext(test.store, { balances: bookings });

  it('adds up each column, over batches and days', async () => {
    await given(booking(), booking({ column: 'poor.rePoor', households: 2, persons: 7 }));
    await given(booking({ households: 3, persons: 9 }), booking({ effectiveOn: day('2023-02-01') }));
    expect(await balances()).toEqual({
      'poor.newlyArising': { households: 5, persons: 17 },
      'poor.rePoor': { households: 2, persons: 7 },
    });
  });

  it('is booked on one unit, standard and group', async () => {
    await given(booking());
    expect(await balances({ unit: THERE })).toEqual({});
    expect(await balances({ standard: 'VN-2016' })).toEqual({});
    expect(await balances({ group: 'merit' })).toEqual({});
  });

  it('covers the days asked for, both ends included', async () => {
    const days = ['2022-12-31', '2023-01-01', '2023-01-02'].map(day);
    await given(...days.map((effectiveOn, at) => booking({ effectiveOn, households: 10 ** at, persons: 0 })));
    const households = async (query: Partial<BalanceQuery>): Promise<number | undefined> =>
      (await balances(query))['poor.newlyArising']?.households;
    expect(await households({ to: day('2022-12-30') })).toBeUndefined();
    expect(await households({ to: day('2023-01-01') })).toBe(11);
    expect(await households({ from: day('2023-01-01'), to: LAST_DAY })).toBe(110);
    expect(await households({ from: day('2023-01-01'), to: day('2023-01-01') })).toBe(10);
    expect(await households({ from: day('2023-01-02'), to: day('2023-01-01') })).toBeUndefined();
  });

  it('comes back to nothing, from either side, and goes on', async () => {
    const opened = booking({ column: 'poor.opened', households: -1, persons: -4 });
    const out = booking({ column: 'poor.boundaryOut', households: -2, persons: -9 });
    await given(booking(), opened, out);
    await given(
      booking({ households: -1, persons: -4 }),
      { ...opened, households: 1, persons: 4 },
      { ...out, households: 2, persons: 9 },
    );
    expect(await balances()).toEqual({});
    await given(booking());
    expect(await balances()).toEqual({ 'poor.newlyArising': { households: 1, persons: 4 } });
  });

  it('counts persons where no household changes', async () => {
    await given(booking({ column: 'poor.otherDecrease', households: 0, persons: -2 }));
    expect(await balances()).toEqual({ 'poor.otherDecrease': { households: 0, persons: -2 } });
  });
}
