import { constants } from 'node:http2';
import { setTimeout as pause } from 'node:timers/promises';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { Appending } from './appending';
import type { Cut } from './connections';
import { Connections } from './connections';
import { EventLog } from './event-log';
import { Faults } from './faults';
import type { Leader } from './faults';
import type { CallKind } from './open-calls';
import { OpenCalls, resetCall, socketOf } from './open-calls';
import { featuresService, gossipService } from './services';
import { streamsService } from './streams-service';

export interface StartOptions {
  /** Any that is free, if none is named. */
  readonly port?: number;
}

export interface StopOptions {
  /** All sockets are reset, as when the process is killed. */
  readonly abruptly?: boolean;
}

/** What a server takes: the 4 MB that grpc-js takes by itself refuse what a server accepts. */
const MAX_MESSAGE_BYTES = 17 * 1024 * 1024;

/** Answers on their way are given so long when the double stops in good order. */
const GRACE_MS = 30;
const ANSWERED_WITHIN_MS = 500;

/**
 * A double of EventStoreDB 24.6 that speaks gRPC, for tests where no server can be started: the real client connects
 * to it. It answers as a server was observed to, keeps everything in memory, and is no database.
 *
 *     const double = await EventStoreDouble.start();
 *     const client = EventStoreDBClient.connectionString(double.url);
 *     double.faults.nextAppends = ['cut after commit'];   // what goes wrong: all switches are in faults.ts
 *     double.cutConnections('reset');                     // or 'destroy'
 *     double.silence();                                   // accepts, but neither reads nor answers, until speak()
 *     double.endSubscriptions();                          // without an error; resetSubscriptions() with RST_STREAM
 *     double.openCalls.subscription;                      // how many are open; likewise double.connections, double.messagesSent
 *     await double.restart();                             // same port, same log; { abruptly: true } resets all sockets
 *     await double.stop();                                // the log stays: restart() brings it back
 *
 * Not there: deletes, metadata of streams ($maxCount), links, users, persistent subscriptions, TLS.
 */
export class EventStoreDouble {
  readonly log = new EventLog();
  readonly faults = new Faults();
  private readonly calls = new OpenCalls();
  private readonly sent = { messages: 0 };
  private readonly appending = new Appending(this.log, this.faults, () => this.self);
  private server: Server | undefined;
  private listener: Connections | undefined;
  private knownPort = 0;

  private constructor() {}

  static async start({ port = 0 }: StartOptions = {}): Promise<EventStoreDouble> {
    const double = new EventStoreDouble();
    await double.listen(port);
    return double;
  }

  get port(): number {
    return this.knownPort;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false&keepAliveInterval=10000&keepAliveTimeout=10000`;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.listener?.count ?? 0;
  }

  /** How many calls of each kind are open. */
  get openCalls(): Readonly<Record<CallKind, number>> {
    return this.calls.counts;
  }

  /** How many messages reads and subscriptions have been sent so far. */
  get messagesSent(): number {
    return this.sent.messages;
  }

  /** Stops listening and answering; the log stays in memory. In good order appends on their way are still answered. */
  async stop({ abruptly = false }: StopOptions = {}): Promise<void> {
    const { server, listener } = this;
    if (!server || !listener) return;
    this.server = this.listener = undefined;
    if (!abruptly) {
      this.appending.refuseAll(true);
      await this.appendsAnswered();
      this.resetCalls('subscription', 'batch append', 'read');
      await pause(GRACE_MS);
    }
    await listener.close(abruptly ? 'reset' : 'destroy');
    server.forceShutdown();
    this.appending.refuseAll(false);
  }

  /** Listens again on the same port, with the same log; stops before where it runs. */
  async restart(options: StopOptions = {}): Promise<void> {
    await this.stop(options);
    await this.listen(this.port);
  }

  cutConnections(how: Cut): void {
    this.listener?.cut(how);
  }

  /** Connections are accepted, but nothing is read and nothing answered until {@link speak}. */
  silence(): void {
    this.listener?.silence();
  }

  speak(): void {
    this.listener?.speak();
  }

  /** Subscriptions end as if that were in order: no error tells their readers. */
  endSubscriptions(): void {
    for (const call of this.calls.of('subscription')) (call as { end(): void }).end();
  }

  /** Subscriptions end without a status, as when a server stops. */
  resetSubscriptions(): void {
    this.resetCalls('subscription');
  }

  private get self(): Leader {
    return { host: '127.0.0.1', port: this.port };
  }

  private async listen(port: number): Promise<void> {
    const server = new Server({
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      'grpc.max_send_message_length': -1,
    });
    const streams = streamsService({
      log: this.log,
      faults: this.faults,
      appending: this.appending,
      calls: this.calls,
      sent: this.sent,
      cut: (call) => this.listener?.cut('reset', socketOf(call)),
    });
    // Methods left out answer UNIMPLEMENTED by themselves.
    server.addService(StreamsService, streams);
    server.addService(ServerFeaturesService, featuresService(this.faults));
    server.addService(
      GossipService,
      gossipService(this.faults, () => this.self),
    );
    const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
    this.listener = await Connections.listen(port, (socket) => injector.injectConnection(socket));
    this.server = server;
    this.knownPort = this.listener.port;
  }

  /** Bounded: a fault may keep an append silent. */
  private async appendsAnswered(): Promise<void> {
    const giveUpAt = performance.now() + ANSWERED_WITHIN_MS;
    do await pause(GRACE_MS);
    while (this.calls.counts.append > 0 && performance.now() < giveUpAt);
  }

  private resetCalls(...kinds: readonly CallKind[]): void {
    for (const kind of kinds) {
      for (const call of this.calls.of(kind)) resetCall(call, constants.NGHTTP2_NO_ERROR);
    }
  }
}
