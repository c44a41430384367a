import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

// A count is a number here: none is beyond 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** @param {string} socketFolder @param {string} [database] */
export const settingsFor = (socketFolder, database = 'postgres') => ({
  host: socketFolder,
  user: 'postgres',
  database,
});

/** A database that holds nothing yet. @param {string} socketFolder @param {string} name */
export async function freshDatabase(socketFolder, name) {
  const client = new pg.Client(settingsFor(socketFolder));
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return settingsFor(socketFolder, name);
}

/** @param {string} file beside this one */
export const sqlOf = (file) => readFileSync(join(dirname(fileURLToPath(import.meta.url)), file), 'utf8');

/** The result of a child is the last line that it prints. @param {unknown} result */
export const answer = (result) => void process.stdout.write(`${JSON.stringify(result)}\n`);

export const workloadOf = (path) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/**
 * Hands every item to one of so many writers, a stream always to the same one, and answers how many were
 * done in a second.
 * @template {{ stream: string }} Item
 * @param {readonly Item[]} items @param {number} writers @param {(item: Item) => Promise<unknown>} write
 */
export async function perSecond(items, writers, write) {
  const queues = Array.from({ length: writers }, () => /** @type {Item[]} */ ([]));
  const numbers = new Map();
  for (const item of items) {
    if (!numbers.has(item.stream)) numbers.set(item.stream, numbers.size);
    queues[numbers.get(item.stream) % writers].push(item);
  }
  const startedAt = performance.now();
  await Promise.all(
    queues.map(async (queue) => {
      for (const item of queue) await write(item);
    }),
  );
  return (items.length * 1_000) / (performance.now() - startedAt);
}
