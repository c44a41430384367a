import type { JsonObject } from '@ledger/kernel';
import { Problem } from '@ledger/kernel';
import type { Decider } from './decider';
import type { EventStore, RecordedFact } from './event-store';
import { NO_STREAM } from './event-store';

/** How facts of a room become data of the log and back. `decode` throws where the data makes no sense. */
export interface FactCodec<Fact> {
  readonly encode: (fact: Fact) => { type: string; version: number; data: JsonObject };
  readonly decode: (recorded: RecordedFact) => Fact;
}

/** A stream as it was read: its facts, and its state after any number of them. */
export interface History<State> {
  readonly revision: number;
  fact(index: number): RecordedFact;
  byCommand(commandId: string): readonly RecordedFact[];
  current(): State;
  /** The state after the first `count` facts. */
  at(count: number): State;
}

/** Reads a whole stream: for streams of a few facts. */
export async function loadHistory<Order, State, Fact>(
  store: EventStore,
  decider: Decider<Order, State, Fact>,
  codec: FactCodec<Fact>,
  stream: string,
): Promise<History<State>> {
  const recorded = await store.read(stream);
  const at = (count: number): State => fold(decider, codec, recorded.slice(0, count));
  return {
    revision: recorded.at(-1)?.revision ?? NO_STREAM,
    fact: (index) => requireFact(recorded, index, stream),
    byCommand: (commandId) => recorded.filter((fact) => fact.metadata.commandId === commandId),
    current: () => at(recorded.length),
    at,
  };
}

/**
 * Keeps one long stream in memory and reads only what has come since. `evolve` may change its state in
 * place: nobody else holds it.
 */
export class CachedHistory<Order, State, Fact> implements History<State> {
  private readonly recorded: RecordedFact[] = [];
  private readonly commands = new Map<string, RecordedFact[]>();
  private state: State;

  constructor(
    private readonly store: EventStore,
    private readonly decider: Decider<Order, State, Fact>,
    private readonly codec: FactCodec<Fact>,
    private readonly stream: string,
  ) {
    this.state = decider.initial();
  }

  /** Reads on to the end of the stream, as it is now. */
  async caughtUp(): Promise<this> {
    for (const fact of await this.store.read(this.stream, this.recorded.length)) {
      // Two callers may have read the same facts at once; the second one finds them here.
      if (fact.revision < this.recorded.length) continue;
      this.state = this.decider.evolve(this.state, readable(this.codec, fact));
      this.recorded.push(fact);
      const { commandId } = fact.metadata;
      this.commands.set(commandId, [...(this.commands.get(commandId) ?? []), fact]);
    }
    return this;
  }

  get revision(): number {
    return this.recorded.length - 1;
  }

  fact(index: number): RecordedFact {
    return requireFact(this.recorded, index, this.stream);
  }

  byCommand(commandId: string): readonly RecordedFact[] {
    return this.commands.get(commandId) ?? [];
  }

  current(): State {
    return this.state;
  }

  at(count: number): State {
    return fold(this.decider, this.codec, this.recorded.slice(0, count));
  }
}

function fold<Order, State, Fact>(
  decider: Decider<Order, State, Fact>,
  codec: FactCodec<Fact>,
  recorded: readonly RecordedFact[],
): State {
  return recorded.reduce((state, fact) => decider.evolve(state, readable(codec, fact)), decider.initial());
}

/** Nothing is decided on a history with a hole in it: the record waits for repair. */
function readable<Fact>(codec: FactCodec<Fact>, recorded: RecordedFact): Fact {
  try {
    if (recorded.undecodable !== undefined) throw new Error(recorded.undecodable);
    return codec.decode(recorded);
  } catch (cause) {
    const facts = { stream: recorded.stream, revision: recorded.revision };
    throw new Problem('unavailable', [{ code: 'stream.unreadable', facts }], { cause });
  }
}

function requireFact(recorded: readonly RecordedFact[], index: number, stream: string): RecordedFact {
  const fact = recorded[index];
  if (!fact) throw new Error(`stream ${stream} has no fact ${index}`);
  return fact;
}
