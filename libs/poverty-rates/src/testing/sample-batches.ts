import type { Position } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { parseDay } from '@ledger/kernel';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import type { Booking } from '../ledger/booking';
import type { Column } from '../ledger/columns';
import type { JournalEntry } from '../ledger/movement';
import type { HouseholdDocument, Known, ParkedStream, ReadModelBatch, ReadStore } from '../read-store';
import type { BareFact } from '@ledger/households';

export const day = (text: string): PlainDate => parseDay(text);

/** The `count`-th position of a log. */
export const at = (count: number): Position => String(count).padStart(16, '0') as Position;

/** Communes of one province. */
export const HERE: UnitId = '24611@2004-06-30';
export const THERE: UnitId = '24612@2004-06-30';
export const ELSEWHERE: UnitId = '24613@2004-06-30';

/** `+1` household of four poor from 2023-01-01 on, known since 2023-01-05, unless said otherwise. */
export function entry(more: Partial<JournalEntry> = {}): JournalEntry {
  return {
    place: HERE,
    standard: 'VN-2022',
    group: ALL_HOUSEHOLDS,
    column: 'poor.newlyArising',
    effectiveOn: day('2023-01-01'),
    counterpart: null,
    household: 'h-1',
    recordedOn: day('2023-01-05'),
    households: 1,
    persons: 4,
    ...more,
  };
}

/** What takes an entry back, known on a later day. */
export const takenBack = (taken: JournalEntry, recordedOn: PlainDate): JournalEntry => ({
  ...taken,
  recordedOn,
  households: -taken.households,
  persons: -taken.persons,
});

/** A move: off the list here, on the list there. */
export function move(
  column: 'poor' | 'near-poor' | 'above',
  from: UnitId,
  to: UnitId,
  more: Partial<JournalEntry> = {},
) {
  const out: Column = `${column}.movedOut`;
  const into: Column = `${column}.movedIn`;
  return [
    entry({ ...more, place: from, counterpart: to, column: out, households: -1, persons: -4 }),
    entry({ ...more, place: to, counterpart: from, column: into }),
  ];
}

export function booking(more: Partial<Booking> = {}): Booking {
  const { standard, group, column, effectiveOn, households, persons } = entry();
  return { unit: HERE, standard, group, column, effectiveOn, households, persons, ...more };
}

export const registeredBare: Known<BareFact> = {
  fact: {
    ...{ type: 'HouseholdRegistered', effectiveOn: day('2022-12-01'), place: HERE, members: 4 },
    ...{ village: 'Thôn Đắk R’Tăng', groups: ['merit'] },
  },
  recordedOn: day('2023-01-05'),
};

export const reviewedBare = (more: Partial<BareFact> = {}): Known<BareFact> => ({
  fact: {
    ...{ type: 'ReviewRecorded', effectiveOn: day('2022-12-15'), standard: 'VN-2022', channel: 'periodic' },
    ...{ outcome: 'poor' },
    ...more,
  } as BareFact,
  recordedOn: day('2023-01-06'),
});

export const household = (id: string, more: Partial<HouseholdDocument> = {}): HouseholdDocument => ({
  id,
  facts: [registeredBare],
  listed: null,
  ...more,
});

export const parkedStream = (stream: string, more: Partial<ParkedStream> = {}): ParkedStream => ({
  stream,
  reason: 'unknown type Ghi',
  places: [HERE],
  facts: [{ position: at(1), recordedOn: day('2023-01-05') }],
  ...more,
});

export const EMPTY_BATCH: ReadModelBatch = {
  from: START,
  fromRepairs: 0,
  checkpoint: { position: START, lastDay: null },
  journal: [],
  balances: [],
  households: [],
  units: [],
  totals: [],
  classifications: [],
  parked: [],
  unparked: [],
  repairs: false,
};

/** Writes behind whatever is there: one position further, whatever the batch says about positions. */
export async function writeNext(store: ReadStore, content: Partial<ReadModelBatch>): Promise<void> {
  const [{ position, lastDay }, { repairs: fromRepairs }] = await store.snapshot((models) =>
    Promise.all([models.checkpoint(), models.counts()]),
  );
  const next = { position: at(Number(position) + 1), lastDay };
  await store.write({ ...EMPTY_BATCH, checkpoint: next, ...content, from: position, fromRepairs });
}
