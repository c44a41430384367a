import { openEventStoreDb } from '@ledger/eventstoredb';
import type { RecordedFact } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import { LEDGER_STREAMS } from '@ledger/poverty-rates';
import { resolve } from 'node:path';
import type { Address } from '../../doubles/tcp-proxy';
import { TcpProxy } from '../../doubles/tcp-proxy';
import type { CliRun } from '../../e2e/support/cli';
import { runCli } from '../../e2e/support/cli';
import { Program } from '../../e2e/support/server';
import type { EventStoreForTests } from '../../servers/eventstoredb';
import { eventStoreForTests } from '../../servers/eventstoredb';
import type { MongoInTest } from '../../servers/mongodb';
import { onServer } from '../../servers/mongodb';
import { Api, toldBy } from './api';

export type Environment = Readonly<Record<string, string>>;

const PROJECTOR = resolve(__dirname, '../../../dist/apps/projector/src/main.js');

let installations = 0;

/** A process that projects, and where it tells how it is. */
export interface Projector {
  readonly program: Program;
  readonly url: string;
}

/**
 * A ledger on servers: EventStoreDB and MongoDB, each behind a proxy through which the programs go, and nothing
 * between the servers and whoever looks whether all is well.
 */
export class Installation {
  private readonly programs: Program[] = [];

  private constructor(
    readonly log: EventStoreForTests,
    readonly toLog: TcpProxy,
    readonly toModels: TcpProxy,
    /** For the programs. */
    readonly env: Environment,
    /** Past the proxies. */
    readonly direct: Environment,
  ) {}

  static async start(mongo: MongoInTest): Promise<Installation> {
    const log = await eventStoreForTests();
    const toLog = await TcpProxy.start({ to: addressIn(log.url) });
    const toModels = await TcpProxy.start({ to: await primaryOf(mongo.serverUrl) });
    const ledger = `chaos${process.pid.toString(36)}n${++installations}-`;
    const direct = { EVENTSTORE_URL: log.url, EVENTSTORE_STREAM_PREFIX: ledger, MONGO_URL: mongo.url };
    const env = {
      ...direct,
      EVENTSTORE_URL: through(toLog, log.url),
      MONGO_URL: throughTo(toModels, mongo.url),
    };
    return new Installation(log, toLog, toModels, env, direct);
  }

  get ledger(): string {
    return this.direct['EVENTSTORE_STREAM_PREFIX'] as string;
  }

  /** The switches of the double: only where {@link itOnDouble} has seen to it that it is one. */
  get double(): NonNullable<EventStoreForTests['double']> {
    const { double } = this.log;
    if (!double) throw new Error('this needs a switch of the double');
    return double;
  }

  /** A proxy of its own in front of the log, for one of several programs. */
  async anotherWayToLog(): Promise<{ readonly proxy: TcpProxy; readonly env: Environment }> {
    const proxy = await TcpProxy.start({ to: addressIn(this.log.url) });
    return { proxy, env: { EVENTSTORE_URL: through(proxy, this.log.url) } };
  }

  /** @param env what is different for this one */
  async api(env: Environment = {}): Promise<Api> {
    return Api.listening(this.run(new Program({ PORT: '0', ...this.env, ...env })));
  }

  async projector(env: Environment = {}): Promise<Projector> {
    const program = this.run(new Program({ PROJECTOR_PORT: '0', ...this.env, ...env }, 0, PROJECTOR));
    const url = await toldBy(program, /(http:\/\/\S+:\d+)\/health/);
    return { program, url };
  }

  /** A command of the built CLI, past the proxies. */
  cli(args: readonly string[], env: Environment = {}): Promise<CliRun> {
    return runCli(args, { ...this.direct, ...env });
  }

  /** Every fact of this ledger, past the proxies. */
  async facts(): Promise<readonly RecordedFact[]> {
    const store = openEventStoreDb(this.log.url, { streams: LEDGER_STREAMS, ledger: this.ledger });
    const { signal } = new AbortController();
    const facts: RecordedFact[] = [];
    try {
      const head = await store.head();
      if (head === START) return facts;
      for await (const page of store.follow({ after: START, maxFacts: 1_000, signal })) {
        facts.push(...page.facts);
        if (page.position >= head) break;
      }
      return facts;
    } finally {
      await store.close();
    }
  }

  async stop(): Promise<void> {
    const running = this.programs.filter((program) => program.running);
    await Promise.all(running.map((program) => program.signal('SIGKILL')));
    await Promise.all([this.toLog.close(), this.toModels.close()]);
    await this.log.stop();
  }

  private run(program: Program): Program {
    this.programs.push(program);
    return program;
  }
}

/** What comes before the host, the host, and what comes after it. */
function partsOf(url: string): readonly [string, string, string] {
  const [, before, host, after = ''] = /^([a-z+]+:\/\/(?:[^@/?]+@)?)([^/?]+)(.*)$/.exec(url) ?? [];
  if (before === undefined || host === undefined) throw new Error('a URL without a host');
  return [before, host, after];
}

function addressIn(url: string): Address {
  const [host = '', port] = (partsOf(url)[1].split(',')[0] ?? '').split(':');
  return { host, port: Number(port ?? 2113) };
}

function through(proxy: TcpProxy, url: string): string {
  const [before, , after] = partsOf(url);
  return `${before}127.0.0.1:${proxy.port}${after}`;
}

/** So that the driver stays on the proxy instead of looking for the members of the set. */
function throughTo(proxy: TcpProxy, url: string): string {
  const there = through(proxy, url)
    .replace(/([?&])replicaSet=[^&]*&?/, '$1')
    .replace(/[?&]$/, '');
  return `${there}${there.includes('?') ? '&' : '?'}directConnection=true`;
}

async function primaryOf(url: string): Promise<Address> {
  const { primary } = await onServer(url, (client) => client.db('admin').command({ hello: 1 }));
  const [host = '', port] = String(primary).split(':');
  return { host, port: Number(port) };
}
