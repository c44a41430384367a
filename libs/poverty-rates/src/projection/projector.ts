import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import { totalsCodec, totalsStream, UNITS_STREAM, unitCodec, UnitTree } from '@ledger/areas';
import type { EventStore, LogPage, Position, RecordedFact } from '@ledger/event-sourcing';
import { InTurn } from '@ledger/event-sourcing';
import { householdStream } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { dayOf, FIRST_DAY, laterOf, splitUnitId } from '@ledger/kernel';
import type { Projection } from '@ledger/projections';
import { bookingsOf } from '../ledger/booking';
import type { JournalEntry } from '../ledger/movement';
import type {
  Checkpoint,
  HouseholdDocument,
  Known,
  ParkedStream,
  ReadModelBatch,
  ReadModels,
  ReadStore,
} from '../read-store';
import { balanceDifference } from './balance-difference';
import type { BookedFact } from './households.projection';
import { parkedBehind, parkedFacts, stepHousehold } from './households.projection';
import { reasonOf } from './reason';
import { rebooking } from './rebooking';

/** How the streams of a kind begin: their rooms name them. */
const HOUSEHOLD_PREFIX = householdStream('');
const TOTALS_PREFIX = totalsStream('' as UnitId);

/**
 * Turns facts into movements, balances and documents, one page of the log in one transaction with its
 * checkpoint. Pure between the read of what the page needs and the write of what follows from it.
 */
export class Projector implements Projection {
  private known: { version: string; facts: readonly Known<UnitFact>[]; tree: UnitTree } | undefined;

  /** A batch is computed from what the one before it left: one at a time. */
  private readonly inTurn = new InTurn();

  constructor(private readonly readStore: ReadStore) {}

  async position(): Promise<Position> {
    return this.readStore.snapshot(async (models) => (await models.checkpoint()).position);
  }

  async project(page: LogPage): Promise<void> {
    await this.inTurn.run('batch', async () => {
      const batch = await this.readStore.snapshot(async (models) => {
        const checkpoint = await models.checkpoint();
        const { booked, lastDay } = inKnownOrder(page.facts, checkpoint);
        // A page that was taken in before does not take the checkpoint back.
        const position = page.position > checkpoint.position ? page.position : checkpoint.position;
        return this.batchOf(models, checkpoint, booked, { position, lastDay }, []);
      });
      await this.readStore.write(batch);
    });
  }

  /**
   * Tries parked streams again, after a fix. What folds now is booked on the days on which it would have
   * been booked at once, so the read models are again what a rebuild would make.
   * @returns the streams that are parked still
   */
  async retryParked(store: EventStore): Promise<readonly ParkedStream[]> {
    const parked = await this.readStore.snapshot((models) => models.parked());
    // Units first: households may wait for one.
    const streams = [...parked].sort(
      (a, b) => Number(b.stream === UNITS_STREAM) - Number(a.stream === UNITS_STREAM),
    );
    for (const { stream } of streams) await this.retry(store, stream);
    return this.readStore.snapshot((models) => models.parked());
  }

  private async retry(store: EventStore, stream: string): Promise<void> {
    await this.inTurn.run('batch', async () => {
      const batch = await this.readStore.snapshot(async (models) => {
        const waiting = (await models.parked()).find((one) => one.stream === stream);
        if (!waiting) return undefined;
        const booked = waitingFacts(await store.read(stream), waiting);
        const checkpoint = await models.checkpoint();
        const lastDay = booked.reduce(
          (day, { recordedOn }) => laterOf(day, recordedOn),
          checkpoint.lastDay ?? FIRST_DAY,
        );
        return this.batchOf(models, checkpoint, booked, { ...checkpoint, lastDay }, [stream]);
      });
      if (batch) await this.readStore.write(batch);
    });
  }

  private async batchOf(
    models: ReadModels,
    from: Checkpoint,
    booked: readonly BookedFact[],
    to: Checkpoint,
    retried: readonly string[],
  ): Promise<ReadModelBatch> {
    const step = new Step(await models.parked(), retried);
    const created = new Set<UnitId>();
    const { facts: earlierUnits, tree: oldTree } = await this.units(models);

    const streams = Map.groupBy(booked, ({ recorded }) => recorded.stream);
    const known = earlierUnits.map(({ fact }) => fact);
    const units = step.decode(UNITS_STREAM, streams.get(UNITS_STREAM) ?? [], (recorded) => {
      const fact = unitCodec.decode(recorded);
      requireUnits(fact, oldTree, created);
      if (fact.type === 'UnitCreated') created.add(fact.unit);
      return fact;
    });
    const tree = units.length === 0 ? oldTree : UnitTree.of([...known, ...units.map(({ fact }) => fact)]);

    const totals: Known<HouseholdTotalDeclared>[] = [];
    const households: { stream: string; id: string; arrived: readonly BookedFact[] }[] = [];
    for (const [stream, arrived] of streams) {
      if (stream === UNITS_STREAM) continue;
      if (stream.startsWith(TOTALS_PREFIX)) {
        totals.push(...step.decode(stream, arrived, (fact) => totalsCodec.decode(fact)));
      } else if (!stream.startsWith(HOUSEHOLD_PREFIX)) {
        step.decode(stream, arrived, refuseStream);
      } else if (!step.waits(stream, arrived)) {
        households.push({ stream, id: stream.slice(HOUSEHOLD_PREFIX.length), arrived });
      }
    }

    const earlier = await models.households(households.map(({ id }) => id));
    const documents = new Map(earlier.map((document) => [document.id, document]));
    const journal: JournalEntry[] = [];
    const changed: HouseholdDocument[] = [];
    for (const { stream, id, arrived } of households) {
      const result = stepHousehold(stream, documents.get(id), arrived, tree);
      journal.push(...result.journal);
      if (result.document) changed.push(result.document);
      if (result.parked) step.park(result.parked);
    }

    const changedUnits = units.map(({ fact }) => fact.unit);
    const rebooked = await rebooking(models, oldTree, tree, changedUnits);
    return {
      from: from.position,
      checkpoint: to,
      journal,
      balances: balanceDifference([...rebooked, ...journal.flatMap((entry) => bookingsOf(tree, entry))]),
      households: changed,
      units,
      totals,
      parked: step.parked,
      unparked: step.unparked,
    };
  }

  private async units(models: ReadModels): Promise<{ facts: readonly Known<UnitFact>[]; tree: UnitTree }> {
    const version = await models.unitsVersion();
    if (this.known?.version !== version) {
      const facts = await models.unitFacts();
      this.known = { version, facts, tree: UnitTree.of(facts.map(({ fact }) => fact)) };
    }
    return this.known;
  }
}

/** Nothing in the log is skipped: a stream that no room knows waits for a program that does. */
function refuseStream({ stream }: RecordedFact): never {
  throw new Error(`no stream of this program is called ${stream}`);
}

/** A fact about units folds only when the units that it names are there. */
function requireUnits(fact: UnitFact, tree: UnitTree, created: ReadonlySet<UnitId>): void {
  const named = fact.type === 'UnitCreated' ? fact.parent : fact.unit;
  if (!tree.find(named) && !created.has(named)) throw new Error(`no earlier fact creates the unit ${named}`);
}

/** Books each fact on its own day, never earlier than what was booked before it (rule 1). */
function inKnownOrder(
  facts: readonly RecordedFact[],
  checkpoint: Checkpoint,
): { booked: readonly BookedFact[]; lastDay: PlainDate | null } {
  let { lastDay } = checkpoint;
  const booked = facts
    .filter((recorded) => recorded.position > checkpoint.position)
    .map((recorded): BookedFact => {
      lastDay = laterOf(ownDayOf(recorded), lastDay ?? FIRST_DAY);
      return { recorded, recordedOn: lastDay };
    });
  return { booked, lastDay };
}

/** The day that a fact gives for itself; a damaged one may give none. */
function ownDayOf({ metadata, recordedAt }: RecordedFact): PlainDate {
  return metadata.recordedOn ?? (recordedAt === '' ? FIRST_DAY : dayOf(recordedAt));
}

/**
 * What waited in a stream, on the days on which it would have been booked at once: a fact that has been
 * repaired brings its own day, and what comes after it in the stream is never earlier.
 */
function waitingFacts(stream: readonly RecordedFact[], waiting: ParkedStream): readonly BookedFact[] {
  const days = new Map(waiting.facts.map(({ position, recordedOn }) => [position, recordedOn]));
  let lastDay = FIRST_DAY;
  const booked = stream.flatMap((recorded): BookedFact[] => {
    const parkedOn = days.get(recorded.position);
    if (parkedOn === undefined) return [];
    lastDay = laterOf(laterOf(parkedOn, ownDayOf(recorded)), lastDay);
    return [{ recorded, recordedOn: lastDay }];
  });
  if (booked.length < days.size)
    throw new Error(`${waiting.stream}: the log lacks facts that wait for repair`);
  return booked;
}

/** What one batch does to the streams that wait. */
class Step {
  private readonly waiting: Map<string, ParkedStream>;
  private readonly changed = new Map<string, ParkedStream>();

  constructor(
    parked: readonly ParkedStream[],
    private readonly retried: readonly string[],
  ) {
    this.waiting = new Map(
      parked.filter(({ stream }) => !retried.includes(stream)).map((one) => [one.stream, one]),
    );
  }

  /** Lets what arrived wait behind what waits in its stream already; false where nothing does. */
  waits(stream: string, arrived: readonly BookedFact[]): boolean {
    const parked = this.waiting.get(stream);
    if (parked) this.changed.set(stream, parkedBehind(parked, arrived));
    return parked !== undefined;
  }

  park(parked: ParkedStream): void {
    this.changed.set(parked.stream, parked);
  }

  /** Facts that need no folding: up to the first that does not decode. */
  decode<Fact>(
    stream: string,
    arrived: readonly BookedFact[],
    decode: (fact: RecordedFact) => Fact,
  ): Known<Fact>[] {
    if (arrived.length === 0 || this.waits(stream, arrived)) return [];
    const known: Known<Fact>[] = [];
    for (const [index, { recorded, recordedOn }] of arrived.entries()) {
      try {
        known.push({ fact: decode(recorded), recordedOn });
      } catch (error) {
        this.park({
          stream,
          reason: reasonOf(error),
          places: placesOfStream(stream),
          facts: parkedFacts(arrived.slice(index)),
        });
        break;
      }
    }
    return known;
  }

  get parked(): readonly ParkedStream[] {
    return [...this.changed.values()];
  }

  get unparked(): readonly string[] {
    return this.retried.filter((stream) => !this.changed.has(stream));
  }
}

/** A totals stream concerns its unit; a parked registry concerns every place. */
function placesOfStream(stream: string): readonly UnitId[] {
  const unit = stream.slice(TOTALS_PREFIX.length);
  return stream.startsWith(TOTALS_PREFIX) && splitUnitId(unit) ? [unit as UnitId] : [];
}
