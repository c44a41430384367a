import { EventStoreDBClient } from '@eventstore/db-client';

/** The part of a gRPC channel that is needed here; the client keeps its own to itself. */
interface Channel {
  close(): void;
  getConnectivityState(tryToConnect: boolean): number;
}

const SHUT_DOWN = 4;

/** Enough for two connections that live at the same time never to be alike. */
const UNLIKE = 1_000;
let made = 0;

/** @throws RangeError without the error of the client, which holds the password */
function clientOf(full: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(full);
  } catch (error) {
    throw new RangeError((error as Error).message);
  }
}

/**
 * A client with a connection of its own, which ends with it. By itself it has neither: gRPC shares one connection
 * among all channels of a process that have equal settings, so that a new client would talk into the same dead
 * line as the one that it replaces, and disposing of a client leaves its connection open.
 */
export class OwnClient {
  readonly client: EventStoreDBClient;
  private channel: Channel | undefined;
  private released = false;

  /** @param full with a keepAliveInterval: a few ms more or less make the settings differ */
  constructor(full: string) {
    const unlike = made++ % UNLIKE;
    this.client = clientOf(full.replace(/(?<=keepAliveInterval=)\d+/, (ms) => String(Number(ms) + unlike)));
    const inside = this.client as unknown as { createChannel(): Promise<Channel> };
    const create = inside.createChannel.bind(inside);
    // It may be looking for a leader still when it is given up, and find one later.
    inside.createChannel = async () => this.keep(await create());
  }

  /** Ends whatever waits on it but appends, which may still be answered: reads then end as if they were complete. */
  async release(): Promise<void> {
    this.released = true;
    const disposed = this.client.dispose();
    this.channel?.close();
    await disposed;
  }

  private keep(channel: Channel): Channel {
    const close = channel.close.bind(channel);
    // The client closes channels too, also one on which a call is about to begin: this would throw where nobody
    // can catch it, and end the process. A turn later the call has begun, and fails in order.
    channel.close = () => void setImmediate(() => isOpen(channel) && close());
    this.channel = channel;
    if (this.released) channel.close();
    return channel;
  }
}

const isOpen = (channel: Channel): boolean => channel.getConnectivityState(false) !== SHUT_DOWN;
