import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import type { UnitId } from '@ledger/kernel';
import type { Known } from '../read-store';
import { declared, PROVINCE_CREATED } from './all-answers';
import type { ReadStoreInTest } from './read-store.contract';
import { day, ELSEWHERE, entry, HERE, household, THERE, writeNext } from './sample-batches';

export function unitsCases(test: ReadStoreInTest): void {
  const rename = (name: string): Known<UnitFact> => ({
    fact: { type: 'UnitRenamed', effectiveOn: day('2025-07-01'), unit: PROVINCE_CREATED.unit, name },
    recordedOn: day('2025-06-12'),
  });

  it('keeps facts about units in the order of their arrival', async () => {
    const facts = [
      { fact: PROVINCE_CREATED, recordedOn: day('2004-01-01') },
      rename('Tỉnh B'),
      rename('Tỉnh A'),
    ];
    await writeNext(test.store, { units: facts.slice(0, 1) });
    await writeNext(test.store, { units: facts.slice(1) });
    expect(await test.store.snapshot((models) => models.unitFacts())).toEqual(facts);
  });

  it('has another version of the units after every fact about them, and only then', async () => {
    const version = (): Promise<string> => test.store.snapshot((models) => models.unitsVersion());
    const versions = [await version()];
    for (const name of ['A', 'B', 'A']) {
      await writeNext(test.store, { units: [rename(name)] });
      versions.push(await version());
      await writeNext(test.store, {
        journal: [entry()],
        households: [household('h-1')],
        totals: [declared()],
      });
      expect(await version()).toBe(versions.at(-1));
    }
    expect(new Set(versions).size).toBe(4);
  });

  it('keeps totals in the order of their arrival, for units and a group', async () => {
    const arrived = [
      declared({ unit: THERE, households: 5 }),
      declared({ unit: HERE, households: 4, effectiveOn: day('2024-12-31') }),
      declared({ unit: HERE, households: 3, group: 'merit', persons: 9 }),
      declared({ unit: THERE, households: 2, effectiveOn: day('2021-12-31') }),
      declared({ unit: ELSEWHERE, households: 1, source: 'Niên giám thống kê' }),
    ];
    await writeNext(test.store, { totals: arrived.slice(0, 2) });
    await writeNext(test.store, { totals: arrived.slice(2) });
    const totals = async (units: readonly UnitId[], group?: string): Promise<readonly number[]> =>
      householdsOf(await test.store.snapshot((models) => models.totals(units, group)));

    expect(await totals([HERE, THERE])).toEqual([5, 4, 3, 2]);
    expect(await totals([THERE, HERE, THERE], 'all')).toEqual([5, 4, 2]);
    expect(await totals([HERE], 'merit')).toEqual([3]);
    expect(await totals([HERE], 'ethnic-minority')).toEqual([]);
    expect(await totals([])).toEqual([]);
    const all = await test.store.snapshot((models) => models.totals([HERE, THERE, ELSEWHERE]));
    expect(all).toEqual(arrived);
  });
}

const householdsOf = (totals: readonly Known<HouseholdTotalDeclared>[]): readonly number[] =>
  totals.map(({ fact }) => fact.households);
