import type { UnitFact } from '@ledger/areas';
import type { Counts, Known } from '../read-store';
import { declared, firstClassified, PROVINCE_CREATED } from './all-answers';
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

  it('counts what its growing lists hold, and the repairs', async () => {
    const counts = (): Promise<Counts> => test.store.snapshot((models) => models.counts());
    await writeNext(test.store, { units: [rename('A'), rename('B')], totals: [declared()] });
    await writeNext(test.store, { journal: [entry()], households: [household('h-1')] });
    expect(await counts()).toEqual({ units: 2, totals: 1, classifications: 0, repairs: 0 });
    await writeNext(test.store, { classifications: [firstClassified()], repairs: true });
    await writeNext(test.store, { units: [rename('C')], repairs: true });
    expect(await counts()).toEqual({ units: 3, totals: 1, classifications: 1, repairs: 2 });
  });

  it('keeps totals and first classifications in the order of their arrival, and tells the rest of a list', async () => {
    const totals = [
      declared({ unit: THERE, households: 5 }),
      declared({ unit: HERE, households: 4, effectiveOn: day('2024-12-31') }),
      declared({ unit: HERE, households: 3, group: 'merit', persons: 9 }),
      declared({ unit: ELSEWHERE, households: 1, source: 'Niên giám thống kê' }),
    ];
    const classifications = [
      firstClassified(),
      firstClassified({ place: THERE, on: null }),
      firstClassified({ standard: 'VN-2016', recordedOn: day('2021-01-01') }),
      firstClassified(),
    ];
    await writeNext(test.store, {
      totals: totals.slice(0, 2),
      classifications: classifications.slice(0, 1),
    });
    await writeNext(test.store, { totals: totals.slice(2), classifications: classifications.slice(1) });
    await test.store.snapshot(async (models) => {
      expect(await models.totals()).toEqual(totals);
      expect(await models.classifications()).toEqual(classifications);
      expect(await models.totals(3)).toEqual(totals.slice(3));
      expect(await models.classifications(1)).toEqual(classifications.slice(1));
      expect([await models.totals(4), await models.classifications(9)]).toEqual([[], []]);
    });
  });
}
