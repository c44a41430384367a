import { execFile, execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EventStoreDBClient } from '@eventstore/db-client';
import { version as clientVersion } from '@eventstore/db-client/package.json';
import { EventStoreDouble } from '../doubles/eventstoredb';
import { ranOn } from './ran-on';

/** What the suites run on: the same cases on a real server and on the double of one. */
export interface EventStoreForTests {
  readonly url: string;
  /** For people: which server, or that it is a double. Never with credentials. */
  readonly label: string;
  /** With its switches, where it is one. */
  readonly double?: EventStoreDouble;
  stop(): Promise<void>;
}

const URL_GIVEN = 'TEST_EVENTSTORE_URL';
const IMAGE = process.env['TEST_EVENTSTORE_IMAGE'] ?? 'eventstore/eventstore:24.10';
const READY_WITHIN_MS = 60_000;
const ENGINE_ANSWERS_WITHIN_MS = 5_000;

const docker = async (...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)('docker', args)).stdout.trim();

/** Whether suites run on the double: known at once, so that a case that needs a switch can say that it is skipped. */
export const ON_DOUBLE = process.env[URL_GIVEN] === undefined && !engineAnswers();

/** Having the `docker` command is not enough: an engine has to answer. */
function engineAnswers(): boolean {
  try {
    execFileSync('docker', ['info'], { stdio: 'ignore', timeout: ENGINE_ANSWERS_WITHIN_MS });
    return true;
  } catch {
    return false;
  }
}

/** A case that needs a switch of the double. Elsewhere it is skipped, and its title says why. */
export function itOnDouble(title: string, run: () => Promise<void>, timeoutMs?: number): void {
  if (ON_DOUBLE) it(title, run, timeoutMs);
  else it.skip(`${title} [skipped: it needs a switch of the double]`, run, timeoutMs);
}

/** The same for each of some cases; `%s` in the title stands for the case. */
itOnDouble.each =
  <Case extends string>(cases: readonly Case[]) =>
  (title: string, run: (one: Case) => Promise<void>): void => {
    for (const one of cases) itOnDouble(title.replace('%s', one), () => run(one));
  };

/**
 * The server that TEST_EVENTSTORE_URL names; else a container, where a Docker engine answers; else the double.
 * The summary of the run is told which.
 * @throws Error when the server that is named does not answer
 */
export async function eventStoreForTests(): Promise<EventStoreForTests> {
  const given = process.env[URL_GIVEN];
  const found =
    given !== undefined ? await givenServer(given) : ON_DOUBLE ? await aDouble() : await aContainer();
  ranOn('EventStoreDB', found.label);
  return found;
}

async function givenServer(url: string): Promise<EventStoreForTests> {
  const version = await serverVersion(url, 5_000);
  if (version === undefined) throw new Error(`${URL_GIVEN} is set, and no server answers there`);
  return { url, label: `EventStoreDB ${version} at ${URL_GIVEN}`, stop: async () => undefined };
}

async function aDouble(why = ''): Promise<EventStoreForTests> {
  const double = await EventStoreDouble.start();
  const label = `EventStoreDB double over gRPC (client ${clientVersion}${why})`;
  return { url: double.url, label, double, stop: () => double.stop({ abruptly: true }) };
}

async function aContainer(): Promise<EventStoreForTests> {
  let id: string | undefined;
  try {
    const settings = ['--insecure', '--mem-db', '--run-projections=None'];
    id = await docker('run', '--detach', '--rm', '--publish', '127.0.0.1::2113', IMAGE, ...settings);
    const [address] = (await docker('port', id, '2113/tcp')).split('\n');
    const url = `esdb://${address}?tls=false`;
    const version = await serverVersion(url, READY_WITHIN_MS);
    if (version === undefined) throw new Error(`${IMAGE} was not ready in ${READY_WITHIN_MS} ms`);
    const container = id;
    const stop = async () => void (await docker('rm', '--force', container));
    return { url, label: `EventStoreDB ${version} in a container of ${IMAGE}`, stop };
  } catch (error) {
    if (id !== undefined) await docker('rm', '--force', id).catch(() => undefined);
    const [why] = (error as Error).message.trim().split('\n');
    return aDouble(`; no container: ${why}`);
  }
}

/** What the server says of itself, asked until it answers; nothing when it does not in time. */
async function serverVersion(url: string, withinMs: number): Promise<string | undefined> {
  const giveUpAt = performance.now() + withinMs;
  while (performance.now() < giveUpAt) {
    const client = EventStoreDBClient.connectionString(url);
    try {
      const version = await Promise.race([versionSaid(client), pause(2_000, undefined, { ref: false })]);
      if (version !== undefined) return version;
    } catch {
      await pause(250);
    } finally {
      await client.dispose();
    }
  }
  return undefined;
}

/** The client keeps it to itself: no other of its calls asks for it. */
async function versionSaid(client: EventStoreDBClient): Promise<string> {
  const { capabilities } = client as unknown as { capabilities: Promise<{ serverVersion: string }> };
  return (await capabilities).serverVersion;
}
