import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import type { EventStore, Position } from '@ledger/event-sourcing';
import { OverlayEventStore } from '@ledger/event-sourcing';
import type { FindListed, ImportKind, ImportOutcome, RowRefusal } from '@ledger/imports';
import { importFile, ImportStopped } from '@ledger/imports';
import { dayOf, Problem } from '@ledger/kernel';
import { idsOfBearers, Librarian } from '@ledger/poverty-rates';
import type { RunningProjection } from '@ledger/projections';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../engine.module';
import { CLOCK, EVENT_STORE, PROJECTION } from '../engine.module';

/** Rows under way at once: fewer than a command would take, for requests want their turn in between. */
const MAX_IN_FLIGHT = 128;
/** So long an import waits for the read models before it looks up its first list number. */
const LONGEST_WAIT_MS = 300_000;
const LOOK_EVERY_MS = 500;

export interface ImportOrder {
  readonly kind: ImportKind;
  readonly actor: string;
  readonly dryRun: boolean;
  /** Given when the one who sends the file has gone. */
  readonly gone: AbortSignal;
  readonly onRefused: (refusals: readonly RowRefusal[]) => void;
}

/** Runs imports, and ends them between two rows when the server is told to stop. */
@Injectable()
export class Imports implements OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly librarian: Librarian,
    @Inject(PROJECTION) private readonly projection: RunningProjection,
  ) {}

  /**
   * @throws FileUnusable where the file cannot be read
   * @throws ImportStopped 503 when the server stops before the file has ended
   */
  async run(source: AsyncIterable<Uint8Array>, order: ImportOrder): Promise<ImportOutcome> {
    const { kind, actor, dryRun, gone, onRefused } = order;
    const { eventStore, clock } = this;
    const store = dryRun ? await OverlayEventStore.over(eventStore, clock) : eventStore;
    const signal = AbortSignal.any([gone, this.stopping.signal]);
    const settings = { store, clock, actor, signal, onRefused, findListed: await this.findListed(signal) };
    try {
      const runId = randomUUID();
      const outcome = await importFile(kind, source, { ...settings, runId, maxInFlight: MAX_IN_FLIGHT });
      if (outcome.cancelled) throw interrupted(outcome);
      const { position: _nowhere, ...tried } = outcome;
      return dryRun ? tried : outcome;
    } finally {
      if (store !== eventStore) await store.close();
    }
  }

  /** Before requests are waited for: an import would go on for longer than anybody waits. */
  onModuleDestroy(): void {
    this.stopping.abort();
  }

  private async findListed(signal: AbortSignal): Promise<FindListed> {
    const head = await this.eventStore.head();
    let ready: Promise<void> | undefined;
    return async (unit, listNumber, on) => {
      await (ready ??= this.reached(head, signal));
      // What this import has created itself is not in the read models, nor is anybody in it.
      return idsOfBearers(this.librarian, dayOf(this.clock()), { unit, listNumber, on });
    };
  }

  private async reached(head: Position, signal: AbortSignal): Promise<void> {
    for (let waitedMs = 0; waitedMs < LONGEST_WAIT_MS && !signal.aborted; waitedMs += LOOK_EVERY_MS) {
      if (await this.projection.reached(head, LOOK_EVERY_MS)) return;
    }
    throw new Problem('unavailable', [{ code: 'answer.not-yet', facts: { position: head } }]);
  }
}

function interrupted(outcome: ImportOutcome): ImportStopped {
  const stopped = new ImportStopped('unavailable', [{ code: 'import.interrupted' }]);
  stopped.outcome = outcome;
  return stopped;
}
