import type { BareFact } from '@ledger/households';
import { addDays, FIRST_DAY, LAST_DAY } from '@ledger/kernel';
import type { ParkedStream } from '../read-store';
import { inAnyOrder } from './all-answers';
import type { ReadStoreInTest } from './read-store.contract';
import {
  at,
  day,
  HERE,
  household,
  parkedStream,
  registeredBare,
  reviewedBare,
  THERE,
  writeNext,
} from './sample-batches';

export function documentsCases(test: ReadStoreInTest): void {
  const DAY = { effectiveOn: day('2024-02-29') } as const;

  it('gives back the facts of a household as they were kept, of every type', async () => {
    const bare: readonly BareFact[] = [
      { type: 'HouseholdRegistered', ...DAY, place: HERE, members: 4, groups: [] },
      {
        type: 'HouseholdRegistered',
        ...DAY,
        place: HERE,
        members: 0,
        groups: ['a', 'b'],
        village: 'Thôn "1"\n🌾',
      },
      { type: 'ReviewRecorded', ...DAY, standard: 'VN-2022', channel: 'regular', outcome: 'near-poor' },
      {
        ...{
          type: 'ReviewRecorded',
          ...DAY,
          standard: 'VN-2016',
          channel: 'general-survey',
          outcome: 'above',
        },
        ...{ members: 3, groups: [] },
      },
      {
        type: 'ReviewRecorded',
        ...DAY,
        standard: 'tiêu chuẩn|mới',
        channel: 'periodic',
        outcome: 'poor',
        groups: ['a|b'],
      },
      { type: 'EscapeRecognised', ...DAY, standard: 'VN-2022', to: 'above' },
      { type: 'EscapeRecognised', ...DAY, standard: 'VN-2022', to: 'near-poor' },
      { type: 'ReimpoverishmentFlagged', effectiveOn: FIRST_DAY, standard: 'VN-2022' },
      { type: 'HouseholdMoved', effectiveOn: LAST_DAY, to: THERE },
      { type: 'HouseholdMoved', ...DAY, to: THERE, village: '', members: 1_000_000 },
      { type: 'HouseholdDetailsChanged', ...DAY },
      { type: 'HouseholdDetailsChanged', ...DAY, groups: [], members: 0, village: 'B' },
      { type: 'HouseholdDissolved', ...DAY },
    ];
    const facts = bare.map((fact, index) => ({ fact, recordedOn: addDays(day('2023-01-05'), index) }));
    const document = household('h-1', { facts, listed: { place: HERE, number: 'Mã số 07/Đắk R’Tăng 🌾' } });
    await writeNext(test.store, { households: [document] });
    expect(await test.store.snapshot((models) => models.household('h-1'))).toStrictEqual(document);
  });

  it('replaces a household as a whole', async () => {
    await writeNext(test.store, { households: [household('h-1', { listed: { place: HERE, number: '1' } })] });
    const after = household('h-1', { facts: [registeredBare, reviewedBare()] });
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
    const facts = [registeredBare];
    await writeNext(test.store, { households: [household('h-1', { facts })] });
    facts.push(reviewedBare());
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
