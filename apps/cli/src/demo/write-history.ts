import type { EventStore } from '@ledger/event-sourcing';
import { Problem } from '@ledger/kernel';
import { v5 as uuidv5 } from 'uuid';
import { DemoDeciders } from './demo-deciders';
import type { DemoEntry } from './entry';
import type { Decided } from './open-streams';

export interface WriteOptions {
  /** Told now and then how many facts are durable. */
  readonly onProgress?: (written: number) => void;
  /** Ends the writing between two orders; what was appended stays. */
  readonly signal?: AbortSignal;
}

/** So many appends may be under way: a log commits what comes at once in one go. */
const MAX_IN_FLIGHT = 1_000;
const PROGRESS_EVERY_ORDERS = 1_000;

/** Made up once: under it the number of an order becomes its command id. */
const DEMO_NAMESPACE = '5b0c1a52-6f0e-4c39-9a53-2d8a1f3c7e11';

/**
 * Decides every entry and appends what follows, in order. The log must be empty and nobody else may write
 * to it meanwhile.
 * @throws Error naming the order where one is refused: the old books of the demo hold no such order
 */
export async function writeHistory(
  store: EventStore,
  entries: Iterable<DemoEntry>,
  { onProgress, signal }: WriteOptions = {},
): Promise<{ orders: number; facts: number }> {
  const deciders = new DemoDeciders();
  const appends = new Appends(store);
  let orders = 0;
  try {
    for (const entry of entries) {
      signal?.throwIfAborted();
      orders += 1;
      await appends.add(decide(deciders, entry, orders), stretchOf(entry));
      if (orders % PROGRESS_EVERY_ORDERS === 0) onProgress?.(appends.written);
    }
  } finally {
    await appends.settled();
  }
  appends.throwFailure();
  onProgress?.(appends.written);
  return { orders, facts: appends.written };
}

/**
 * Not every log keeps the order of calls: a day of recording begins when the one before is in it to its end, and
 * households when the units are that they live in.
 */
const stretchOf = (entry: DemoEntry): string => `${entry.recordedOn} ${'householdId' in entry}`;

function decide(deciders: DemoDeciders, entry: DemoEntry, number: number): Decided {
  const { recordedBy, recordedOn } = entry;
  const commandId = uuidv5(String(number), DEMO_NAMESPACE);
  const metadata = { recordedBy, commandId, causationId: commandId, correlationId: commandId, recordedOn };
  try {
    return deciders.decide(entry, metadata);
  } catch (error) {
    const why = error instanceof Problem ? JSON.stringify(error.refusals) : String(error);
    throw new Error(`the demo's order ${number} is refused, ${why}: ${JSON.stringify(entry)}`, {
      cause: error,
    });
  }
}

/** Appends under way. A failure is kept until somebody looks, so that none goes unheard. */
class Appends {
  written = 0;
  private readonly underWay: Promise<void>[] = [];
  /** The last append to each stream of this stretch: they come one after the other. */
  private readonly lastTo = new Map<string, Promise<void>>();
  private stretch = '';
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly store: EventStore) {}

  async add({ stream, expectedRevision, facts }: Decided, stretch: string): Promise<void> {
    if (stretch !== this.stretch) {
      await this.settled();
      this.stretch = stretch;
    }
    this.throwFailure();
    const append = this.after(stream, async () => {
      await this.store.append(stream, expectedRevision, facts);
      this.written += facts.length;
    });
    this.underWay.push(append);
    if (this.underWay.length >= MAX_IN_FLIGHT) await Promise.all(this.underWay.splice(0, MAX_IN_FLIGHT / 2));
  }

  private async after(stream: string, append: () => Promise<void>): Promise<void> {
    const before = this.lastTo.get(stream);
    const done = (before ? before.then(append) : append()).catch(
      (error: unknown) => void (this.failure ??= { error }),
    );
    this.lastTo.set(stream, done);
    await done;
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay.splice(0));
    this.lastTo.clear();
  }

  throwFailure(): void {
    if (this.failure) throw this.failure.error;
  }
}
