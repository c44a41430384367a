import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import { totalsCodec, UNITS_STREAM, UnitTree } from '@ledger/areas';
import type { EventStore, LogPage, Position, RecordedFact } from '@ledger/event-sourcing';
import { InTurn } from '@ledger/event-sourcing';
import { householdStream } from '@ledger/households';
import { FIRST_DAY, laterOf } from '@ledger/kernel';
import type { Projection } from '@ledger/projections';
import { bookingsOf } from '../ledger/booking';
import type { JournalEntry } from '../ledger/movement';
import type {
  Checkpoint,
  HouseholdDocument,
  Known,
  ParkedStream,
  ReadModelBatch,
  ReadModelContents,
  ReadModels,
  ReadStore,
} from '../read-store';
import { FirstClassifications } from './classifications';
import { stepHousehold } from './households.projection';
import type { BookedFact } from './known-order';
import { inKnownOrder, ownDayOf } from './known-order';
import { rebooking } from './rebooking';
import { refuseStream, unitReader } from './unit-facts';
import { TOTALS_PREFIX, WaitingStreams } from './waiting-streams';

const HOUSEHOLD_PREFIX = householdStream('');

/** All streams of the ledger: names, or beginnings of names that end in `-`. */
export const LEDGER_STREAMS = [UNITS_STREAM, TOTALS_PREFIX, HOUSEHOLD_PREFIX] as const;

/** Nothing is recorded before there is a unit: the first fact in here is the first one of its ledger. */
export const FIRST_STREAM = UNITS_STREAM;

/**
 * Turns facts into movements, balances and documents, one page of the log in one transaction with its
 * checkpoint. Pure between the read of what the page needs and the write of what follows from it.
 */
export class Projector implements Projection {
  private known: { facts: readonly Known<UnitFact>[]; tree: UnitTree } | undefined;
  private readonly classifications = new FirstClassifications();

  /** A batch is computed from what the one before it left: one at a time. */
  private readonly inTurn = new InTurn();

  constructor(private readonly readStore: ReadStore) {}

  /** Reads on the way what the first batch would have to read: the units and first classifications of a country. */
  async position(): Promise<Position> {
    return this.readStore.snapshot(async (models) => {
      await this.units(models);
      await this.classifications.catchUp(models);
      return (await models.checkpoint()).position;
    });
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
    models: ReadModelContents,
    from: Checkpoint,
    booked: readonly BookedFact[],
    to: Checkpoint,
    retried: readonly string[],
  ): Promise<ReadModelBatch> {
    const step = new WaitingStreams(await models.parked(), retried);
    const { facts: earlierUnits, tree: oldTree } = await this.units(models);

    const streams = Map.groupBy(booked, ({ recorded }) => recorded.stream);
    const known = earlierUnits.map(({ fact }) => fact);
    const units = step.decode(UNITS_STREAM, streams.get(UNITS_STREAM) ?? [], unitReader(oldTree));
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
    const repairs = retried.length > 0;
    return {
      from: from.position,
      fromRepairs: (await models.counts()).repairs,
      checkpoint: to,
      journal,
      balances: [...rebooked, ...journal.flatMap((entry) => bookingsOf(tree, entry))],
      households: changed,
      units,
      totals,
      classifications: await this.classifications.changedBy(journal, models, repairs),
      parked: step.parked,
      unparked: step.unparked,
      repairs,
    };
  }

  private async units(models: ReadModels): Promise<{ facts: readonly Known<UnitFact>[]; tree: UnitTree }> {
    const { units } = await models.counts();
    if (this.known?.facts.length !== units) {
      const facts = await models.unitFacts();
      this.known = { facts, tree: UnitTree.of(facts.map(({ fact }) => fact)) };
    }
    return this.known;
  }
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
