import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import { canonicalJson } from '@ledger/kernel';
import type { Booking } from '../ledger/booking';
import type { JournalEntry } from '../ledger/movement';
import { canonicalClassifications } from '../projection/classifications';
import type {
  Checkpoint,
  FirstClassification,
  HouseholdDocument,
  Known,
  ParkedStream,
  ReadModelContents,
  ReadStore,
} from '../read-store';

/** Everything that a store of read models holds, as its adapter hands it over. */
export interface DumpedReadModels {
  readonly checkpoint: Checkpoint;
  readonly journal: readonly JournalEntry[];
  readonly balances: readonly Booking[];
  readonly households: readonly HouseholdDocument[];
  /** In order of arrival. */
  readonly units: readonly Known<UnitFact>[];
  /** In order of arrival. */
  readonly totals: readonly Known<HouseholdTotalDeclared>[];
  readonly classifications: readonly FirstClassification[];
  readonly parked: readonly ParkedStream[];
}

/** Rows as text, table by table. Equal read models have equal dumps, whichever adapter keeps them. */
export type Dump = Readonly<Record<keyof DumpedReadModels, readonly string[]>>;

/**
 * "The read models are what a fresh fold of the log gives" is an equation between two dumps. Order counts
 * only where it means something: among the facts about units, and among the totals of one unit (those of
 * different units are in streams of their own, and one of them may have waited to be repaired).
 */
export function canonicalDump(contents: DumpedReadModels): Dump {
  const { checkpoint, journal, balances, households, units, totals, classifications, parked } = contents;
  return {
    checkpoint: [canonicalJson(checkpoint)],
    journal: sorted(journal),
    balances: sorted(balances),
    households: sorted(households),
    units: units.map(canonicalJson),
    totals: [...Map.groupBy(totals, ({ fact }) => fact.unit)]
      .sort(byKey)
      .flatMap(([, own]) => own.map(canonicalJson)),
    classifications: canonicalClassifications(classifications).map(canonicalJson),
    parked: sorted(parked),
  };
}

const EVERY_ONE = 1_000_000;

/** Everything that a store holds, whichever adapter it is. */
export const dumpOf = (store: ReadStore): Promise<Dump> => store.snapshot(dumpOfModels);

export async function dumpOfModels(models: ReadModelContents): Promise<Dump> {
  const places = await models.journalPlaces();
  const units = await models.balanceUnits();
  return canonicalDump({
    checkpoint: await models.checkpoint(),
    journal: (await Promise.all(places.map((place) => models.journalOf(place)))).flat(),
    balances: (await Promise.all(units.map((unit) => models.balancesOf(unit)))).flat(),
    households: await models.households(await models.householdIds('', EVERY_ONE)),
    units: await models.unitFacts(),
    totals: await models.totals(),
    classifications: await models.classifications(),
    parked: await models.parked(),
  });
}

const sorted = (rows: readonly unknown[]): readonly string[] => rows.map(canonicalJson).sort();

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
