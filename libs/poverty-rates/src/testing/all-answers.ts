import type { Amount, Line } from '../ledger/movement';
import { isNothing, NOTHING, plus } from '../ledger/movement';
import type { Column } from '../ledger/columns';
import type {
  EntriesQuery,
  FirstClassification,
  Known,
  ReadModelBatch,
  ReadModelContents,
  ReadModels,
  ReadStore,
} from '../read-store';
import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import type { UnitId } from '@ledger/kernel';
import { canonicalJson, dayOfNumber, LAST_DAY } from '@ledger/kernel';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import {
  at,
  booking,
  day,
  ELSEWHERE,
  EMPTY_BATCH,
  entry,
  HERE,
  household,
  parkedStream,
  THERE,
} from './sample-batches';

export const PROVINCE_CREATED: UnitFact = {
  type: 'UnitCreated',
  effectiveOn: day('1991-08-12'),
  unit: '66@1991-08-12',
  code: '66',
  name: 'Tỉnh Đắk Lắk',
  level: 'province',
  parent: 'VN@1945-09-02',
};

export function declared(more: Partial<HouseholdTotalDeclared> = {}): Known<HouseholdTotalDeclared> {
  const fact: HouseholdTotalDeclared = {
    type: 'HouseholdTotalDeclared',
    effectiveOn: day('2022-12-31'),
    unit: HERE,
    group: ALL_HOUSEHOLDS,
    households: 1930,
    source: 'census-2019',
    ...more,
  };
  return { fact, recordedOn: day('2023-01-05') };
}

export const firstClassified = (more: Partial<FirstClassification> = {}): FirstClassification => ({
  place: HERE,
  standard: 'VN-2022',
  recordedOn: day('2023-01-05'),
  on: day('2023-01-01'),
  ...more,
});

/** Something for every table, and for every answer of {@link allAnswers}. */
export const FULL_BATCH: ReadModelBatch = {
  ...EMPTY_BATCH,
  checkpoint: { position: at(9), lastDay: day('2023-02-01') },
  journal: [entry(), entry({ household: 'h-2', column: 'poor.rePoor', recordedOn: day('2023-02-01') })],
  balances: [booking(), booking({ column: 'poor.rePoor' })],
  households: [household('h-1', { listed: { place: HERE, number: 'MH-1' } }), household('h-2')],
  units: [{ fact: PROVINCE_CREATED, recordedOn: day('2023-01-05') }],
  totals: [declared()],
  classifications: [firstClassified()],
  parked: [parkedStream('household-h-3')],
};

/** One question for each method of the port, asked of the sample data. */
export async function allAnswers(models: ReadModelContents) {
  const places = [HERE, THERE, ELSEWHERE];
  const query = { places, effectiveTo: LAST_DAY };
  const listed = { places, standard: 'VN-2022', group: ALL_HOUSEHOLDS };
  const balances = { unit: HERE, standard: 'VN-2022', group: ALL_HOUSEHOLDS, to: LAST_DAY };
  return {
    checkpoint: await models.checkpoint(),
    counts: await models.counts(),
    unitFacts: await models.unitFacts(),
    totals: await models.totals(),
    household: await models.household('h-1'),
    households: inAnyOrder(await models.households(['h-1', 'h-2', 'h-3'])),
    balances: notNothing(await models.balances(balances)),
    lines: inAnyOrder(await models.lines(query)),
    events: inAnyOrder(await models.events(query)),
    entries: inAnyOrder(await entrySums(models, { ...listed, knownOn: LAST_DAY })),
    poorAgain: inAnyOrder(await models.poorAgain(['h-1', 'h-2', 'h-3'], LAST_DAY)),
    householdsOn: await models.householdsOn({ ...listed, list: 'poor', on: LAST_DAY, limit: 100 }),
    listedAs: await models.listedAs(places, 'MH-1'),
    classifications: await models.classifications(),
    parked: inAnyOrder(await models.parked()),
    journalPlaces: await models.journalPlaces(),
    journalOf: inAnyOrder(await models.journalOf(HERE)),
    balanceUnits: await models.balanceUnits(),
    balancesOf: inAnyOrder(await models.balancesOf(HERE)),
    householdIds: await models.householdIds('', 100),
  };
}

/** What the entries add up to, by line. */
export async function entrySums(
  models: ReadModels,
  query: EntriesQuery,
): Promise<readonly (Line & Amount)[]> {
  const sums = new Map<string, Line & Amount>();
  await models.eachEntry(query, (at, column, dayNumber, counterpart, households, persons) => {
    const { standard, group } = query;
    const place = query.places[at] as UnitId;
    const line = { place, standard, group, column, effectiveOn: dayOfNumber(dayNumber), counterpart };
    const key = canonicalJson(line);
    sums.set(key, { ...line, ...plus(sums.get(key) ?? NOTHING, { households, persons }) });
  });
  return [...sums.values()].filter((line) => !isNothing(line));
}

export type AllAnswers = Awaited<ReturnType<typeof allAnswers>>;

export const everythingIn = (store: ReadStore): Promise<AllAnswers> => store.snapshot(allAnswers);

/** Answers whose order means nothing, in one that can be compared. */
export const inAnyOrder = <Row>(rows: readonly Row[]): readonly Row[] =>
  [...rows].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));

/** A column that adds up to nothing may be there or not. */
export const notNothing = (columns: ReadonlyMap<Column, Amount>): Readonly<Record<string, Amount>> =>
  Object.fromEntries([...columns].filter(([, amount]) => !isNothing(amount)).sort());
