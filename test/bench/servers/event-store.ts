import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EventStoreDBClient } from '@eventstore/db-client';
import { version as clientVersion } from '@eventstore/db-client/package.json';
import { connectionStringOf } from '@ledger/eventstoredb';

/** An EventStoreDB, or the double of one. */
export interface EventStoreServer {
  readonly url: string;
  /** For people; never with credentials. */
  readonly label: string;
  /** For a cell of a table. */
  readonly shortName: string;
  readonly isDouble: boolean;
  stop(): Promise<void>;
}

const DOUBLE = join(__dirname, '../../doubles/eventstoredb/main.js');
const ANSWERS_WITHIN_MS = 5_000;

/**
 * The server that TEST_EVENTSTORE_URL names; else the double in a process of its own, a new one each time.
 * @throws Error when the server that is named does not answer
 */
export async function startEventStore(signal: AbortSignal): Promise<EventStoreServer> {
  const given = process.env['TEST_EVENTSTORE_URL'];
  return given ? givenServer(given) : startDouble(signal);
}

async function givenServer(url: string): Promise<EventStoreServer> {
  const name = `EventStoreDB ${await versionOf(url)}`;
  const label = `${name} at TEST_EVENTSTORE_URL (client ${clientVersion})`;
  return { url, label, shortName: name, isDouble: false, stop: async () => undefined };
}

async function startDouble(signal: AbortSignal): Promise<EventStoreServer> {
  const child = spawn(process.execPath, [DOUBLE], { stdio: ['ignore', 'pipe', 'ignore'], signal });
  child.on('error', () => undefined);
  const ended = once(child, 'close').catch(() => undefined);
  // The one line that it prints.
  const [url] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [])]);
  if (typeof url !== 'string') throw new Error('the double of EventStoreDB did not start');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  const label = `a double of EventStoreDB over gRPC in a process of its own (client ${clientVersion})`;
  return { url, label, shortName: 'double of EventStoreDB', isDouble: true, stop };
}

/** The client keeps it to itself: no other of its calls asks for it. */
async function versionOf(url: string): Promise<string> {
  const client = EventStoreDBClient.connectionString(connectionStringOf(url).full);
  const { capabilities } = client as unknown as { capabilities: Promise<{ serverVersion: string }> };
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(
      () => reject(new Error('TEST_EVENTSTORE_URL: no server answers there')),
      ANSWERS_WITHIN_MS,
    ).unref();
  });
  try {
    return (await Promise.race([capabilities, late])).serverVersion;
  } finally {
    void client.dispose();
  }
}
