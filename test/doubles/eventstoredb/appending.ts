import type { EventLog, Outcome, ProposedEvent } from './event-log';
import type { ExpectedRevision } from './expected-revision';
import type { Faults, Leader } from './faults';

export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly ProposedEvent[];
}

/** What an append is answered with; both calls put it in words of their own. */
export type AppendAnswer =
  | Outcome
  | { readonly kind: 'timed out' | 'not ready' | 'access denied' }
  | { readonly kind: 'too large'; readonly maxBytes: number }
  | { readonly kind: 'bad request'; readonly why: string }
  | { readonly kind: 'not leader'; readonly leader: Leader };

export interface Caller {
  answer(answer: AppendAnswer): void;
  /** Breaks the connection. */
  cut(): void;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Carries out appends of both calls alike, with the faults that are switched on. */
export class Appending {
  /** Positions of appends that are written and not yet acknowledged. */
  private readonly unacknowledged = new Set<number>();
  private stopping = false;

  constructor(
    private readonly log: EventLog,
    private readonly faults: Faults,
    private readonly self: () => Leader,
  ) {}

  /** From then on every append is told to come back later. */
  refuseAll(refuse: boolean): void {
    this.stopping = refuse;
  }

  /** Answers at once, in the order of the calls, unless a fault says otherwise. */
  carryOut(request: AppendRequest, caller: Caller): void {
    const { faults } = this;
    if (this.stopping) return caller.answer({ kind: 'not ready' });
    const fault = faults.nextAppends.shift();
    switch (fault) {
      case undefined:
        return this.acknowledge(this.commit(request), caller);
      case 'cut before commit':
        return caller.cut();
      case 'cut after commit':
        this.commit(request);
        return caller.cut();
      case 'silence before commit':
        return;
      case 'silence after commit':
        this.commit(request);
        return;
      case 'time-out before commit':
        return caller.answer({ kind: 'timed out' });
      case 'time-out after commit':
        this.commit(request);
        return caller.answer({ kind: 'timed out' });
      case 'late commit':
        return later(faults.lateCommitMs, () => caller.answer(this.commit(request)));
      case 'not leader':
        return caller.answer({ kind: 'not leader', leader: faults.leader ?? this.self() });
      case 'not ready':
      case 'access denied':
        return caller.answer({ kind: fault });
    }
  }

  private commit({ stream, expected, events }: AppendRequest): AppendAnswer {
    if (stream === '') return { kind: 'bad request', why: 'the name of the stream is empty' };
    const bad = events.find(({ id }) => !UUID.test(id));
    if (bad) return { kind: 'bad request', why: `not a UUID: ${bad.id}` };
    // Types and metadata are not counted: 3 MB of metadata were accepted by a server.
    const bytes = events.reduce((sum, { data }) => sum + data.length, 0);
    const { maxAppendBytes } = this.faults;
    if (bytes > maxAppendBytes) return { kind: 'too large', maxBytes: maxAppendBytes };
    return this.log.append(stream, expected, events);
  }

  private acknowledge(answer: AppendAnswer, caller: Caller): void {
    const { acknowledgeAfterMs, duplicatesInFlightTimeOut, writeTimeoutMs } = this.faults;
    if (answer.kind === 'written before' && this.unacknowledged.has(answer.position)) {
      return later(writeTimeoutMs, () => caller.answer({ kind: 'timed out' }));
    }
    if (answer.kind !== 'written' || acknowledgeAfterMs === 0) return caller.answer(answer);
    if (duplicatesInFlightTimeOut) this.unacknowledged.add(answer.position);
    later(acknowledgeAfterMs, () => {
      this.unacknowledged.delete(answer.position);
      caller.answer(answer);
    });
  }
}

/** Does not keep the process: what it waits for may never be asked for again. */
export function later(ms: number, then: () => void): void {
  setTimeout(then, ms).unref();
}
