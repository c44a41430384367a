import type { PlainDate } from '@ledger/kernel';
import { START } from '@ledger/event-sourcing';
import { CheckpointMoved } from '../read-store';
import type { AllAnswers } from './all-answers';
import { everythingIn, FULL_BATCH, PROVINCE_CREATED } from './all-answers';
import type { ReadStoreInTest } from './read-store.contract';
import { at, day, EMPTY_BATCH, entry, HERE, writeNext } from './sample-batches';

const NOTHING_KNOWN: AllAnswers = {
  checkpoint: { position: START, lastDay: null },
  counts: { units: 0, totals: 0, classifications: 0, repairs: 0 },
  unitFacts: [],
  totals: [],
  household: undefined,
  households: [],
  balances: {},
  lines: [],
  events: [],
  entries: [],
  poorAgain: [],
  householdsOn: [],
  listedAs: [],
  classifications: [],
  parked: [],
  journalPlaces: [],
  journalOf: [],
  balanceUnits: [],
  balancesOf: [],
  householdIds: [],
};

export function writeCases(test: ReadStoreInTest): void {
  it('begins with nothing, before the first fact', async () => {
    expect(await everythingIn(test.store)).toEqual(NOTHING_KNOWN);
  });

  it('keeps every part of a batch, together with the checkpoint', async () => {
    await test.store.write(FULL_BATCH);
    const { effectiveOn, standard, group } = entry();
    const line = { place: HERE, standard, group, effectiveOn, counterpart: null };
    const lines = [
      { ...line, column: 'poor.newlyArising', households: 1, persons: 4 },
      { ...line, column: 'poor.rePoor', households: 1, persons: 4 },
    ];
    expect(await everythingIn(test.store)).toEqual({
      checkpoint: { position: at(9), lastDay: '2023-02-01' },
      counts: { units: 1, totals: 1, classifications: 1, repairs: 0 },
      unitFacts: [{ fact: PROVINCE_CREATED, recordedOn: '2023-01-05' }],
      totals: FULL_BATCH.totals,
      household: FULL_BATCH.households[0],
      households: FULL_BATCH.households,
      balances: {
        'poor.newlyArising': { households: 1, persons: 4 },
        'poor.rePoor': { households: 1, persons: 4 },
      },
      lines,
      events: [
        { ...line, column: 'poor.newlyArising', household: 'h-1' },
        { ...line, column: 'poor.rePoor', household: 'h-2' },
      ],
      entries: lines,
      poorAgain: [{ ...line, column: 'poor.rePoor', household: 'h-2' }],
      householdsOn: ['h-1', 'h-2'],
      listedAs: ['h-1'],
      classifications: FULL_BATCH.classifications,
      parked: FULL_BATCH.parked,
      journalPlaces: [HERE],
      journalOf: FULL_BATCH.journal,
      balanceUnits: [HERE],
      balancesOf: FULL_BATCH.balances,
      householdIds: ['h-1', 'h-2'],
    });
  });

  it('refuses a batch that was computed from another checkpoint, and writes nothing of it', async () => {
    for (const from of [at(1), at(8), at(10)]) {
      await expect(test.store.write({ ...FULL_BATCH, from })).rejects.toBeInstanceOf(CheckpointMoved);
    }
    expect(await everythingIn(test.store)).toMatchObject(NOTHING_KNOWN);

    await test.store.write(FULL_BATCH);
    const before = await everythingIn(test.store);
    await expect(test.store.write(FULL_BATCH)).rejects.toBeInstanceOf(CheckpointMoved);
    const undoing = { ...FULL_BATCH, from: at(8), parked: [], unparked: ['household-h-3'] };
    await expect(test.store.write(undoing)).rejects.toBeInstanceOf(CheckpointMoved);
    expect(await everythingIn(test.store)).toEqual(before);
  });

  it('refuses a batch that was computed before a repair, and a repair that was computed before another', async () => {
    const { from, checkpoint } = FULL_BATCH;
    await test.store.write({
      ...EMPTY_BATCH,
      from,
      checkpoint: { position: from, lastDay: null },
      repairs: true,
    });
    const repaired = await everythingIn(test.store);

    await expect(test.store.write(FULL_BATCH)).rejects.toBeInstanceOf(CheckpointMoved);
    const late = { ...FULL_BATCH, checkpoint, repairs: true };
    await expect(test.store.write(late)).rejects.toBeInstanceOf(CheckpointMoved);
    expect(await everythingIn(test.store)).toEqual(repaired);

    await test.store.write({ ...FULL_BATCH, fromRepairs: 1 });
    expect(await everythingIn(test.store)).toMatchObject({
      counts: { repairs: 1 },
      householdsOn: ['h-1', 'h-2'],
    });
  });

  it('lets one of two batches from the same checkpoint win', async () => {
    const outcomes = await Promise.allSettled([test.store.write(FULL_BATCH), test.store.write(FULL_BATCH)]);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: expect.any(CheckpointMoved) as CheckpointMoved },
    ]);
    expect(await everythingIn(test.store)).toMatchObject({ householdsOn: ['h-1', 'h-2'], totals: [{}] });
  });

  it('goes on after a refused batch', async () => {
    await expect(test.store.write({ ...EMPTY_BATCH, from: at(3) })).rejects.toBeInstanceOf(CheckpointMoved);
    await writeNext(test.store, { journal: [entry()] });
    expect(await everythingIn(test.store)).toMatchObject({ householdsOn: ['h-1'] });
  });

  it('moves the checkpoint alone, over facts that are not ours', async () => {
    const move = async (from: number, to: number, lastDay: PlainDate | null): Promise<void> => {
      const checkpoint = { position: at(to), lastDay };
      await test.store.write({ ...EMPTY_BATCH, from: from === 0 ? START : at(from), checkpoint });
      expect(await test.store.snapshot((models) => models.checkpoint())).toEqual(checkpoint);
    };
    await move(0, 4, null);
    await move(4, 7, day('2024-02-29'));
    await move(7, 7, day('2024-02-29'));
  });
}
