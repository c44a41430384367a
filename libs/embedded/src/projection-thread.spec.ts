import { AreaOrders } from '@ledger/areas';
import type { Position } from '@ledger/event-sourcing';
import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import { parseDay } from '@ledger/kernel';
import { randomUUID } from 'node:crypto';
import { copyFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EmbeddedEngine } from './engine';
import { openEmbeddedEngine, READ_MODELS_FILE } from './engine';
import { LOG_FILE } from './event-log';
import { ProjectionThread } from './projection-thread';
import { scratchFolder } from './testing/scratch-folder';

const scratch = scratchFolder();
const scriptOf = (name: string): string => join(__dirname, 'testing', `${name}.cjs`);
const THREAD = scriptOf('projection.thread');
/** A thread of a spec compiles its TypeScript first. */
const LONG = 20_000;

describe('a projection in a thread of its own', () => {
  let engine: EmbeddedEngine;
  let projection: ProjectionThread | undefined;
  let failures: { error: unknown; waitMs: number }[];
  let units: number;

  const inScratch = (name: string): string => join(scratch.path, name);
  const filesLeft = (): string[] => readdirSync(scratch.path).filter((name) => /-wal$|-shm$/.test(name));

  const threadOf = (script = THREAD, bulk = false): ProjectionThread =>
    (projection = new ProjectionThread(
      engine.eventStore,
      { file: inScratch(READ_MODELS_FILE), bulk },
      { maxFacts: 2, onFailure: (error, waitMs) => failures.push({ error, waitMs }) },
      script,
    ));

  /** Records one more province: one fact. */
  const record = async (): Promise<Position> => {
    const id = randomUUID();
    const code = String(10 + units++);
    const unit = {
      code,
      name: `Tỉnh ${code}`,
      level: 'province',
      validFrom: parseDay('2020-01-01'),
    } as const;
    const context = { commandId: id, requestHash: id, recordedBy: 'officer-1', correlationId: id };
    return (await new AreaOrders(engine.eventStore, Date.now).create(unit, context)).position;
  };

  const checkpoint = (): Promise<Position> =>
    engine.readStore.snapshot(async (models) => (await models.checkpoint()).position);

  const expectHeardAtOnce = async (thread: ProjectionThread): Promise<void> => {
    const since = performance.now();
    for (let count = 0; count < 20; count++) {
      const position = await record();
      expect(await thread.reached(position, LONG)).toBe(true);
      expect(await checkpoint()).toBe(position);
    }
    // Who is not told looks every 200 ms.
    expect(performance.now() - since).toBeLessThan(2_000);
  };

  beforeEach(async () => {
    [failures, units] = [[], 0];
    engine = await openEmbeddedEngine(scratch.path, { purpose: 'spec' });
  });

  afterEach(async () => {
    await projection?.stop();
    projection = undefined;
    await engine.close();
  });

  it('books what is in the log, and hears at once of what comes later', async () => {
    for (let count = 0; count < 5; count++) await record();
    const thread = threadOf();
    await thread.start();
    expect(await thread.reached(await engine.eventStore.head(), LONG)).toBe(true);
    await expectHeardAtOnce(thread);
    expect((await engine.readStore.snapshot((models) => models.counts())).units).toBe(25);
    expect(failures).toEqual([]);
  });

  it('in bulk looks now and then, and at once when somebody waits', async () => {
    const thread = threadOf(THREAD, true);
    await thread.start();
    const since = performance.now();
    for (let count = 0; count < 20; count++) expect(await thread.reached(await record(), LONG)).toBe(true);
    expect(performance.now() - since).toBeLessThan(2_000);
    const last = await record();
    for (const end = Date.now() + LONG; thread.position < last && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(thread.position).toBe(last);
  });

  it('goes on in another thread when one has died, and says so', async () => {
    const thread = threadOf(scriptOf('dying.thread'));
    await thread.start();
    const positions = await Promise.all([record(), record(), record()]);
    expect(await thread.reached(positions[2], LONG)).toBe(true);
    expect(failures).toHaveLength(1);
    expect(String(failures[0]?.error)).toContain('ended with 7');
    expect(await checkpoint()).toBe(positions[2]);
    await expectHeardAtOnce(thread);
  });

  it('tells of a batch that could not be written, and writes it later', async () => {
    const thread = threadOf();
    await thread.start();
    const other = new DatabaseSync(inScratch(READ_MODELS_FILE));
    other.exec('BEGIN IMMEDIATE');
    const position = await record();
    while (failures.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(failures[0]?.error).toBeInstanceOf(StoreUnavailable);
    expect(thread.position < position).toBe(true);
    other.exec('ROLLBACK');
    other.close();
    expect(await thread.reached(position, LONG)).toBe(true);
  });

  it('does not start where the read models are gone', async () => {
    renameSync(inScratch(READ_MODELS_FILE), inScratch('moved'));
    await expect(threadOf().start()).rejects.toThrow(StoreRefused);
    await expect(threadOf().start()).rejects.toThrow('was removed while it was in use');
    expect(failures).toEqual([]);
  });

  it('does not read another log that was put in the place of its own', async () => {
    const other = await openEmbeddedEngine(join(scratch.path, 'other'), { purpose: 'spec' });
    await other.close();
    renameSync(inScratch(LOG_FILE), inScratch('moved'));
    for (const end of ['-wal', '-shm']) renameSync(inScratch(LOG_FILE + end), inScratch(`moved${end}`));
    copyFileSync(join(scratch.path, 'other', LOG_FILE), inScratch(LOG_FILE));
    await expect(threadOf().start()).rejects.toThrow('replaced by another log');
  });

  it('ends when it is stopped: it holds no file any more, and nobody is kept waiting', async () => {
    const thread = threadOf();
    await thread.start();
    const last = await record();
    const asked = thread.reached(`${last}9` as Position, LONG);
    await thread.stop();
    expect(await asked).toBe(false);
    await record();
    expect(await thread.reached(await engine.eventStore.head(), LONG)).toBe(false);
    expect(filesLeft()).not.toEqual([]);
    await engine.close();
    // SQLite removes them with the last connection of the process.
    expect(filesLeft()).toEqual([]);
  });

  it('can be stopped while it starts', async () => {
    const thread = threadOf();
    const starting = thread.start();
    await thread.stop();
    await starting;
    await engine.close();
    expect(filesLeft()).toEqual([]);
  });
});
