import type { PlainDate, UnitId } from '@ledger/kernel';
import fc from 'fast-check';
import type { Booking } from '../ledger/booking';
import type { Column } from '../ledger/columns';
import type { JournalEntry } from '../ledger/movement';
import type {
  BalanceQuery,
  EntriesQuery,
  HouseholdDocument,
  JournalQuery,
  OnListQuery,
  ReadModelBatch,
} from '../read-store';
import { declared, firstClassified, PROVINCE_CREATED } from './all-answers';
import { day, ELSEWHERE, HERE, household, parkedStream, THERE } from './sample-batches';

/** Few values, so that rows meet on their keys and take each other back. */
const place = fc.constantFrom<UnitId>(HERE, THERE, ELSEWHERE);
const standard = fc.constantFrom('VN-2016', 'VN-2022');
const group = fc.constantFrom('all', 'merit');
const column = fc.constantFrom<Column>(
  'poor.opened',
  'poor.rePoor',
  'poor.becamePoorFromNearPoor',
  'poor.movedOut',
  'near-poor.becamePoor',
  'above.entered',
  'campaign.reviewed',
);
const effectiveOn = fc.constantFrom<PlainDate>(day('2021-12-31'), day('2022-01-01'), day('2023-06-15'));
const recordedOn = fc.constantFrom<PlainDate>(day('2022-01-02'), day('2023-06-20'), day('2024-01-01'));
const householdId = fc.constantFrom('h-1', 'h-2', 'h-10', 'k.3');
const number = fc.constantFrom('1', '2', 'Mã 07/Đ');
const amount = fc.integer({ min: -2, max: 2 });

const journalEntry: fc.Arbitrary<JournalEntry> = fc.record({
  ...{ place, standard, group, column, effectiveOn, recordedOn, household: householdId },
  ...{ counterpart: fc.option(place), households: amount, persons: amount },
});

/** Units above the places: what is booked on a place itself follows from the journal. */
const unitAbove = fc.constantFrom<UnitId>('660@2004-01-01', '67@2004-01-01');

const balance: fc.Arbitrary<Booking> = fc.record({
  ...{ unit: unitAbove, standard, group, column, effectiveOn },
  ...{ households: amount, persons: amount },
});

const document: fc.Arbitrary<HouseholdDocument> = fc
  .record({ id: householdId, listed: fc.option(fc.record({ place, number })) })
  .map(({ id, listed }) => household(id, { listed }));

const known = fc.record({ fact: fc.constant(PROVINCE_CREATED), recordedOn });
const total = fc
  .record({ unit: place, group, households: fc.nat(9), effectiveOn })
  .map((declaration) => declared(declaration));
const classification = fc
  .record({ place, standard, recordedOn, on: fc.option(effectiveOn) })
  .map((row) => firstClassified(row));
const stream = fc.constantFrom('household-h-1', 'household-h-2', 'units');
const some = <Value>(value: fc.Arbitrary<Value>, maxLength: number): fc.Arbitrary<Value[]> =>
  fc.array(value, { maxLength, size: 'max' });

/** Journal and balances of one batch; those of the places' own communes are what the journal says. */
const bookings = fc
  .record({ journal: some(journalEntry, 12), above: some(balance, 12) })
  .map(({ journal, above }) => ({ journal, balances: [...above, ...journal.map(ofCommune)] }));

function ofCommune(entry: JournalEntry): Booking {
  const { place, household: _household, recordedOn: _day, counterpart: _end, ...booked } = entry;
  return { unit: place, ...booked };
}

const documents: fc.Arbitrary<Partial<ReadModelBatch>> = fc.record({
  households: fc.uniqueArray(document, { selector: ({ id }) => id, maxLength: 3 }),
  ...{ units: some(known, 1), totals: some(total, 2), classifications: some(classification, 2) },
  repairs: fc.boolean(),
  parked: fc.uniqueArray(
    stream.map((name) => parkedStream(name)),
    { selector: (one) => one.stream, maxLength: 2 },
  ),
  unparked: fc.uniqueArray(stream, { maxLength: 2 }),
});

/** What a batch brings, apart from its positions. */
export const randomBatch: fc.Arbitrary<Partial<ReadModelBatch>> = fc
  .tuple(bookings, documents)
  .map(([booked, kept]) => ({ ...booked, ...kept }));

const places = fc.array(place, { maxLength: 4 });

/** One of each question. */
export const randomQuestions = fc.record({
  journal: fc.record<JournalQuery, 'places' | 'effectiveTo'>(
    {
      ...{ places, standard, group, columns: fc.array(column, { maxLength: 4 }) },
      ...{ effectiveFrom: effectiveOn, effectiveTo: effectiveOn, knownOn: recordedOn },
    },
    { requiredKeys: ['places', 'effectiveTo'] },
  ),
  entries: fc.record<EntriesQuery, 'places' | 'standard' | 'group' | 'knownOn'>(
    { places: fc.uniqueArray(place), standard, group, knownAfter: recordedOn, knownOn: recordedOn },
    { requiredKeys: ['places', 'standard', 'group', 'knownOn'] },
  ),
  balances: fc.record<BalanceQuery, 'unit' | 'standard' | 'group' | 'to'>(
    { unit: fc.oneof(place, unitAbove), standard, group, from: effectiveOn, to: effectiveOn },
    { requiredKeys: ['unit', 'standard', 'group', 'to'] },
  ),
  onList: fc.record<OnListQuery, 'places' | 'standard' | 'group' | 'list' | 'on' | 'limit'>(
    {
      ...{
        places,
        standard,
        group,
        list: fc.constantFrom('poor' as const, 'near-poor', 'above'),
        on: effectiveOn,
      },
      ...{ knownOn: recordedOn, after: householdId, limit: fc.integer({ min: 1, max: 4 }) },
    },
    { requiredKeys: ['places', 'standard', 'group', 'list', 'on', 'limit'] },
  ),
  ...{ places, number, to: effectiveOn, from: fc.nat(3), after: householdId },
  ...{
    knownOn: fc.option(recordedOn, { nil: undefined }),
    households: fc.array(householdId, { maxLength: 5 }),
  },
});

export type RandomQuestions =
  typeof randomQuestions extends fc.Arbitrary<infer Questions> ? Questions : never;
