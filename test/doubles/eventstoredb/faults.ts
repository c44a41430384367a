/** What becomes of one append, whichever call it comes by. */
export type AppendFault =
  | 'cut before commit'
  | 'cut after commit'
  | 'silence before commit'
  | 'silence after commit'
  | 'time-out before commit'
  | 'time-out after commit'
  /** Nothing is heard of it for a while, then it is written and answered, whether or not anybody still waits. */
  | 'late commit'
  /** Sends the caller to {@link Faults.leader}, or to the double itself where none is named. */
  | 'not leader'
  /** What a server answers while it starts or stops. */
  | 'not ready'
  | 'access denied';

export interface Leader {
  readonly host: string;
  readonly port: number;
}

/** The switches of the double. As they stand at first, it behaves like a server on which all is well. */
export class Faults {
  /** What happens to the next appends, one each, in the order in which they arrive. */
  nextAppends: AppendFault[] = [];
  /** How late a late commit is. */
  lateCommitMs = 500;
  /** Appends are acknowledged so long after they are written: subscriptions deliver them before. */
  acknowledgeAfterMs = 0;
  /** A duplicate of an append not yet acknowledged is answered by a time-out; needs `acknowledgeAfterMs`. */
  duplicatesInFlightTimeOut = false;
  /** How long a server waits before it calls a write timed out. */
  writeTimeoutMs = 2_000;
  /** A batch append with an id that is no UUID is answered a second time after `writeTimeoutMs`. */
  secondAnswerForBadIds = false;
  /** gRPC status codes with which the next questions for the server's features are refused, one each. */
  nextFeatures: number[] = [];
  /** The question for the server's features gets no answer. */
  featuresAreSilent = false;
  /** Whether the server says that it takes batch appends. */
  listsBatchAppend = true;
  /** The double follows that leader: calls that require the leader are sent there. */
  leader: Leader | undefined;
  /** Limit on the sum of the data of one append, in bytes. */
  maxAppendBytes = 1_048_576;

  /** Everything as at first. */
  clear(): void {
    Object.assign(this, new Faults());
  }
}
