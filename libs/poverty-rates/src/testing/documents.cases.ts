import type { ParkedStream } from '../read-store';
import { inAnyOrder } from './all-answers';
import type { ReadStoreInTest } from './read-store.contract';
import { at, day, HERE, household, keptFact, parkedStream, THERE, writeNext } from './sample-batches';

export function documentsCases(test: ReadStoreInTest): void {
  it('gives back the facts of a household as they were kept', async () => {
    const facts = [
      keptFact(),
      keptFact({
        ...{ id: '018f3c1e-0000-7000-8000-000000000002', type: 'ĐãGhiNhận', version: 7 },
        ...{ revision: 1, position: at(12), recordedOn: day('2024-02-29') },
        data: { 'a "quoted"\n\u0000key': [0, -1, 0.1, 1e21, null, true, { 貧困: '🌾' }] },
        metadata: { ...keptFact().metadata, notices: [{ code: 'review.late', facts: { days: 12 } }] },
      }),
    ];
    const document = household('h-1', { facts, listed: { place: HERE, number: 'Mã số 07/Đắk R’Tăng 🌾' } });
    await writeNext(test.store, { households: [document] });
    expect(await test.store.snapshot((models) => models.household('h-1'))).toStrictEqual(document);
  });

  it('replaces a household as a whole', async () => {
    await writeNext(test.store, { households: [household('h-1', { listed: { place: HERE, number: '1' } })] });
    const after = household('h-1', { facts: [keptFact(), keptFact({ revision: 1 })] });
    await writeNext(test.store, { households: [after] });
    expect(await test.store.snapshot((models) => models.household('h-1'))).toEqual(after);
  });

  it('finds households by their ids, each once, and leaves out the others', async () => {
    await writeNext(test.store, { households: ['h-1', 'h-2', 'h-3'].map((id) => household(id)) });
    await test.store.snapshot(async (models) => {
      const found = await models.households(['h-3', 'h-9', 'h-1', 'h-3']);
      expect(found.map(({ id }) => id).sort()).toEqual(['h-1', 'h-3']);
      expect(await models.households([])).toEqual([]);
      expect(await models.household('h-9')).toBeUndefined();
      expect(await models.household('H-1')).toBeUndefined();
    });
  });

  it('is not touched by what the caller does to a batch later', async () => {
    const facts = [keptFact()];
    await writeNext(test.store, { households: [household('h-1', { facts })] });
    facts.push(keptFact({ revision: 1 }));
    expect((await test.store.snapshot((models) => models.household('h-1')))?.facts).toHaveLength(1);
  });

  const parked = async (): Promise<readonly ParkedStream[]> =>
    inAnyOrder(await test.store.snapshot((models) => models.parked()));

  it('parks streams, replaces them and lets them go', async () => {
    const one = parkedStream('household-h-1', {
      reason: 'ReviewRecorded.outcome: "nghèo" 🌾',
      places: [HERE, THERE],
    });
    const registry = parkedStream('units', { places: [] });
    await writeNext(test.store, { parked: [one, registry] });
    expect(await parked()).toEqual(inAnyOrder([one, registry]));

    const longer = { ...one, facts: [...one.facts, { position: at(5), recordedOn: day('2023-02-01') }] };
    await writeNext(test.store, { parked: [longer] });
    expect(await parked()).toEqual(inAnyOrder([longer, registry]));

    await writeNext(test.store, { unparked: ['household-h-1', 'household-never-parked'] });
    expect(await parked()).toEqual([registry]);
    await writeNext(test.store, {});
    expect(await parked()).toEqual([registry]);
  });
}
