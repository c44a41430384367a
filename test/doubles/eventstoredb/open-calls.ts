import type { ServerDuplexStream, ServerReadableStream, ServerWritableStream } from '@grpc/grpc-js';

export type CallKind = 'append' | 'batch append' | 'read' | 'subscription';

type AnyCall =
  ServerReadableStream<never, never> | ServerWritableStream<never, never> | ServerDuplexStream<never, never>;

interface OpenCall {
  readonly kind: CallKind;
  readonly call: AnyCall;
}

/** The calls that are open now: so a test sees that a caller who left is forgotten. */
export class OpenCalls {
  private readonly open = new Set<OpenCall>();

  /** @returns tells that the call is over; the connection's end is noticed without it */
  add(kind: CallKind, call: unknown): () => void {
    const opened: OpenCall = { kind, call: call as AnyCall };
    this.open.add(opened);
    const over = () => void this.open.delete(opened);
    for (const end of ['cancelled', 'finish']) (call as NodeJS.EventEmitter).on(end, over);
    return over;
  }

  of(kind: CallKind): readonly AnyCall[] {
    return [...this.open].filter((one) => one.kind === kind).map(({ call }) => call);
  }

  get counts(): Readonly<Record<CallKind, number>> {
    const counts = { append: 0, 'batch append': 0, read: 0, subscription: 0 };
    for (const { kind } of this.open) counts[kind]++;
    return counts;
  }
}

/** What lies behind a call of grpc-js, which has no public way to it: its stream and our own socket. */
interface Behind {
  readonly call: {
    readonly stream: {
      close(code: number): void;
      readonly closed: boolean;
      readonly destroyed: boolean;
      readonly session?: { readonly socket?: { readonly stream?: unknown } };
    };
  };
}

/** Ends a call as a server does that stops: without a status. */
export function resetCall(call: unknown, code: number): void {
  (call as Behind).call.stream.close(code);
}

/** The socket that was injected for the connection of a call. */
export const socketOf = (call: unknown): unknown => (call as Behind).call.stream.session?.socket?.stream;

/** Whether the caller has given up, which the call itself may say a turn later. */
export function isBroken(call: { readonly cancelled: boolean }): boolean {
  const { stream } = (call as unknown as Behind).call;
  return call.cancelled || stream.closed || stream.destroyed;
}
