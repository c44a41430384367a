import type { UnitFact } from '@ledger/areas';
import { totalsCodec, UNITS_STREAM, UnitTree } from '@ledger/areas';
import type { EventStore, LogPage, Position, RecordedFact } from '@ledger/event-sourcing';
import { START, StoreRefused } from '@ledger/event-sourcing';
import type { BareFact, HouseholdFact, HouseholdRegistered } from '@ledger/households';
import { bareOf, householdCodec, householdStream } from '@ledger/households';
import type { UnitId } from '@ledger/kernel';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import { bookingsOf } from '../ledger/booking';
import type { Checkpoint, FirstClassification, HouseholdDocument, Known, ReadModelLoad } from '../read-store';
import { classificationHistory } from './classifications';
import { journalOf } from './household-journal';
import { placesOf, stepHousehold } from './households.projection';
import type { BookedFact } from './known-order';
import { inKnownOrder } from './known-order';
import { PackedHistories } from './packed-histories';
import { refuseStream, unitReader } from './unit-facts';
import { TOTALS_PREFIX, WaitingStreams } from './waiting-streams';

export type RebuildStage = 'reading' | 'folding' | 'booking';

export interface RebuildOptions {
  readonly signal: AbortSignal;
  /** Only what read models that stand here know; absent: everything in the log. */
  readonly upTo?: Position;
  /** Told now and then how much of a stage is done: facts, households, places; and of how many, where known. */
  readonly onProgress?: (stage: RebuildStage, done: number, total?: number) => void;
}

const PAGE_FACTS = 128;
const PROGRESS_EVERY = 1_000;
const HOUSEHOLD_PREFIX = householdStream('');

/**
 * Makes the read models of the whole log at once: the same fold, the same bookings and the same parking as
 * fact by fact, but each household is folded in one go and every table is written in its own order.
 * @returns the checkpoint that they stand at: the end of the log when the rebuild began
 */
export async function rebuild(
  store: EventStore,
  load: ReadModelLoad,
  options: RebuildOptions,
): Promise<Checkpoint> {
  const log = new WholeLog(load);
  await readInto(log, store, options);
  const tree = UnitTree.of(log.units.map(({ fact }) => fact));

  load.order(placesInOrder(tree, log.units));

  const { households } = log.histories;
  let done = 0;
  for (const stream of log.histories.streamNames) {
    options.signal.throwIfAborted();
    await foldHousehold(store, load, log, stream, tree);
    if (++done % PROGRESS_EVERY === 0) options.onProgress?.('folding', done, households);
  }
  options.onProgress?.('folding', done, households);

  const classifications = bookPlaces(load, tree, options);
  const { checkpoint, units, waiting } = log;
  await load.finish({ checkpoint, units, classifications, parked: waiting.parked });
  return checkpoint;
}

async function readInto(
  log: WholeLog,
  store: EventStore,
  { signal, upTo, onProgress }: RebuildOptions,
): Promise<void> {
  const head = upTo ?? (await store.head());
  if (head === START) return;
  let facts = 0;
  for await (const page of store.follow({ after: START, maxFacts: PAGE_FACTS, signal })) {
    // What is written meanwhile is for the projection to take in.
    const upToHead = page.facts.filter(({ position }) => position <= head);
    log.take({ facts: upToHead, position: page.position < head ? page.position : head });
    onProgress?.('reading', (facts += upToHead.length));
    if (page.position >= head) break;
  }
  signal.throwIfAborted();
}

/** Everything in the log, sorted by what it is about; households packed. */
class WholeLog {
  checkpoint: Checkpoint = { position: START, lastDay: null };
  readonly units: Known<UnitFact>[] = [];
  readonly histories = new PackedHistories();
  /** What a registration says beside its fact. */
  readonly listNumbers = new Map<string, string>();
  /** Streams that need a closer look: something in them does not decode or does not begin as it should. */
  readonly odd = new Set<string>();
  readonly waiting = new WaitingStreams([], []);
  private readonly readUnit = unitReader(UnitTree.of([]));
  /** How long the streams are so far, households apart. */
  private readonly lengths = new Map<string, number>();

  constructor(private readonly load: ReadModelLoad) {}

  take(page: LogPage): void {
    const { booked, lastDay } = inKnownOrder(page.facts, this.checkpoint);
    for (const fact of booked) {
      const { stream } = fact.recorded;
      if (stream.startsWith(HOUSEHOLD_PREFIX)) this.takeHousehold(stream, fact);
      else this.takeOther(stream, fact);
    }
    this.checkpoint = { position: page.position, lastDay };
  }

  private takeHousehold(stream: string, { recorded, recordedOn }: BookedFact): void {
    const number = this.histories.numberOf(stream);
    const count = this.histories.countOf(number);
    requireRevision(recorded, count);
    const fact = tryDecode(recorded);
    if (count === 0 && fact && registers(fact, stream)) {
      if (fact.listNumber !== undefined) this.listNumbers.set(stream, fact.listNumber);
    } else if (count === 0 || !fact) this.odd.add(stream);
    this.histories.add(number, recordedOn, fact && bareOf(fact));
  }

  private takeOther(stream: string, fact: BookedFact): void {
    const length = this.lengths.get(stream) ?? 0;
    requireRevision(fact.recorded, length);
    this.lengths.set(stream, length + 1);
    if (stream === UNITS_STREAM) this.units.push(...this.waiting.decode(stream, [fact], this.readUnit));
    else if (stream.startsWith(TOTALS_PREFIX))
      this.load.totals(this.waiting.decode(stream, [fact], (recorded) => totalsCodec.decode(recorded)));
    else this.waiting.decode(stream, [fact], refuseStream);
  }
}

/** A stream of which a fact is missing would fold to a state that never was. */
function requireRevision({ stream, revision, position }: RecordedFact, expected: number): void {
  if (revision === expected) return;
  throw new StoreRefused(
    `the log lacks revision ${expected} of the stream ${stream}: at ${position} it goes on with ${revision}. ` +
      'Restore it from a backup.',
  );
}

const registers = (fact: HouseholdFact, stream: string): fact is HouseholdRegistered =>
  fact.type === 'HouseholdRegistered' && householdStream(fact.householdId) === stream;

function tryDecode(recorded: RecordedFact): HouseholdFact | undefined {
  try {
    return householdCodec.decode(recorded);
  } catch {
    return undefined;
  }
}

async function foldHousehold(
  store: EventStore,
  load: ReadModelLoad,
  log: WholeLog,
  stream: string,
  tree: UnitTree,
): Promise<void> {
  const facts = [...log.histories.of(stream)];
  if (log.odd.has(stream) || !facts.every(({ fact }) => fact && namesKnownPlaces(fact, tree))) {
    const recorded = await store.read(stream);
    const booked = facts.map(({ recordedOn }, index) => ({
      recorded: recorded[index] as RecordedFact,
      recordedOn,
    }));
    const { document, journal, parked } = stepHousehold(stream, undefined, booked, tree);
    if (document) load.household(document, journal);
    if (parked) log.waiting.park(parked);
    return;
  }
  const document = documentOf(stream, facts as readonly Known<BareFact>[], log.listNumbers.get(stream));
  load.household(document, journalOf(document));
}

function documentOf(
  stream: string,
  facts: readonly Known<BareFact>[],
  listNumber: string | undefined,
): HouseholdDocument {
  const registered = facts[0]?.fact;
  const place = registered?.type === 'HouseholdRegistered' ? registered.place : undefined;
  const listed = place === undefined || listNumber === undefined ? null : { place, number: listNumber };
  return { id: stream.slice(HOUSEHOLD_PREFIX.length), facts, listed };
}

const namesKnownPlaces = (fact: BareFact, tree: UnitTree): boolean =>
  placesOf(fact).every((place) => tree.find(place) !== undefined);

function bookPlaces(
  load: ReadModelLoad,
  tree: UnitTree,
  { signal, onProgress }: RebuildOptions,
): readonly FirstClassification[] {
  const classifications: FirstClassification[] = [];
  const count = load.countPlaces();
  let done = 0;
  for (const place of load.places()) {
    signal.throwIfAborted();
    classifications.push(...classificationHistory(place.entriesIn(ALL_HOUSEHOLDS)));
    for (const line of place.lines()) load.balances(bookingsOf(tree, line));
    if (++done % PROGRESS_EVERY === 0) onProgress?.('booking', done, count);
  }
  onProgress?.('booking', done, count);
  return classifications;
}

/** Places of one district and province after each other. */
function placesInOrder(tree: UnitTree, units: readonly Known<UnitFact>[]): readonly UnitId[] {
  const paths = new Map<UnitId, string>();
  for (const { fact } of units) {
    const periods = tree.periodsOfPlace(fact.unit);
    if (periods[0]) paths.set(fact.unit, periods[0].units.toReversed().join());
  }
  return [...paths].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([place]) => place);
}
