import type { UnitFact } from '@ledger/areas';
import { totalsCodec, UNITS_STREAM, UnitTree } from '@ledger/areas';
import type { EventStore, Position, RecordedFact } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import type { BookedFact } from '../projection/known-order';
import { refuseStream, unitReader } from '../projection/unit-facts';
import { TOTALS_PREFIX, WaitingStreams } from '../projection/waiting-streams';
import type { Checkpoint, Known, ReadModelLoad } from '../read-store';
import type { RebuildCrew } from './crew';
import { alone } from './crew';
import { HouseholdLoading } from './household-loading';
import { missing, PackedHistories } from './packed-histories';

export type RebuildStage = 'reading' | 'booking';

export interface RebuildOptions {
  readonly signal: AbortSignal;
  /** Only what read models that stand here know; absent: everything in the log. */
  readonly upTo?: Position;
  /** Who reads and folds; absent: this thread. */
  readonly crew?: RebuildCrew;
  /** Told now and then how much of a stage is done: facts, then households; and of how many, where known. */
  readonly onProgress?: (stage: RebuildStage, done: number, total?: number) => void;
}

/**
 * Makes the read models of the whole log at once: the same fold, the same bookings and the same parking as
 * fact by fact, but each household is folded in one go and every table is written in its own order.
 * @returns the checkpoint that they stand at: the end of the log when the rebuild began
 */
export async function rebuild(
  store: EventStore,
  load: ReadModelLoad,
  { signal, upTo, crew = alone(store), onProgress }: RebuildOptions,
): Promise<Checkpoint> {
  signal.throwIfAborted();
  const log = new WholeLog(load);
  // What is written meanwhile is for the projection to take in.
  for await (const part of crew.parts(upTo ?? (await store.head()), signal)) {
    log.take(part.position, log.histories.take(part));
    onProgress?.('reading', (log.count += part.count));
  }
  signal.throwIfAborted();

  const { checkpoint, units, waiting, histories } = log;
  const tree = UnitTree.of(units.map(({ fact }) => fact));
  const households = new HouseholdLoading(load, histories, tree, units, (parked) => waiting.park(parked));
  for await (const done of households.loaded(store, crew)) {
    signal.throwIfAborted();
    await load.drained?.();
    onProgress?.('booking', done, histories.streams.length);
  }
  const classifications = households.classifications();
  await load.finish({ checkpoint, units, classifications, parked: waiting.parked });
  return checkpoint;
}

/** Everything in the log, sorted by what it is about. */
class WholeLog {
  count = 0;
  readonly histories = new PackedHistories();
  readonly units: Known<UnitFact>[] = [];
  readonly waiting = new WaitingStreams([], []);
  private position: Position = START;
  private readonly readUnit = unitReader(UnitTree.of([]));
  /** How long the streams are so far, those of households apart. */
  private readonly lengths = new Map<string, number>();

  constructor(private readonly load: ReadModelLoad) {}

  get checkpoint(): Checkpoint {
    return { position: this.position, lastDay: this.histories.lastDay };
  }

  take(position: Position, facts: readonly BookedFact[]): void {
    for (const fact of facts) this.takeOne(fact.recorded, fact);
    this.position = position;
  }

  private takeOne({ stream, revision }: RecordedFact, fact: BookedFact): void {
    const expected = this.lengths.get(stream) ?? 0;
    if (revision !== expected) throw missing(stream, expected, revision);
    this.lengths.set(stream, expected + 1);
    if (stream === UNITS_STREAM) this.units.push(...this.waiting.decode(stream, [fact], this.readUnit));
    else if (stream.startsWith(TOTALS_PREFIX))
      this.load.totals(this.waiting.decode(stream, [fact], (recorded) => totalsCodec.decode(recorded)));
    else this.waiting.decode(stream, [fact], refuseStream);
  }
}
