import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_STREAM, RevisionConflict, START, StoreUnavailable } from '@ledger/event-sourcing';
import { describeEventStore, newFact, newFacts } from '@ledger/event-sourcing/testing';
import type { DataFolder } from './data-folder';
import { openDataFolder } from './data-folder';
import type { EventLog } from './event-log';
import { openEventLog } from './event-log';
import { scratchFolder } from './testing/scratch-folder';

let contractFolder: DataFolder;

describeEventStore('the embedded log (node:sqlite)', {
  open: async () => {
    contractFolder = openDataFolder(mkdtempSync(join(tmpdir(), 'ledger-')), { purpose: 'contract' });
    return openEventLog(contractFolder);
  },
  reopen: async (store) => {
    await store.close();
    return openEventLog(contractFolder);
  },
  cleanUp: async () => {
    contractFolder.close();
    rmSync(contractFolder.path, { recursive: true });
  },
});

describe('the embedded log', () => {
  const scratch = scratchFolder();
  let folder: DataFolder;
  let log: EventLog;

  beforeEach(() => {
    folder = openDataFolder(scratch.path, { purpose: 'test' });
    log = openEventLog(folder);
  });

  afterEach(async () => {
    await log.close();
    folder.close();
  });

  /** The connection behind the log: what SQLite is told cannot be seen otherwise. */
  const connection = () => log['db'];

  it('begins empty', async () => {
    expect(await log.head()).toBe(START);
    expect(await log.lastRecordedOn()).toBeUndefined();
  });

  it('keeps its id for ever', async () => {
    const { id } = log;
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    await log.close();
    log = openEventLog(folder);
    expect(log.id).toBe(id);
  });

  it('waits for the disk at every commit', () => {
    expect(connection().prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(connection().prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  });

  it('stamps facts with its clock, at the commit', async () => {
    await log.close();
    log = openEventLog(folder, { clock: () => Date.UTC(2024, 11, 31, 17, 0, 0, 5) });
    const { facts } = await log.append('household-1', NO_STREAM, newFacts(1));
    expect(facts[0]?.recordedAt).toBe('2024-12-31T17:00:00.005Z');
    expect(await log.lastRecordedOn()).toBe('2025-01-01');
  });

  it('writes positions as 16 digits', async () => {
    const { position } = await log.append('household-1', NO_STREAM, newFacts(12));
    expect(position).toBe('0000000000000012');
    const options = { after: '1-2' as typeof position, maxFacts: 1, signal: AbortSignal.abort() };
    await expect(log.follow(options).next()).rejects.toBeInstanceOf(RangeError);
  });

  it('commits appends together that come together', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_item, index) => log.append(`household-${index}`, NO_STREAM, newFacts(2))),
    );
    expect(log.commits).toBe(1);
    expect(await log.head()).toBe('0000000000000200');
  });

  it('bounds the size of a commit', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_item, index) => log.append(`household-${index}`, NO_STREAM, newFacts(90))),
    );
    // 11 appends of 90 facts fit into 1,000.
    expect(log.commits).toBe(3);
  });

  it('lets a conflict fail alone in its group, also with an earlier append of the group', async () => {
    const outcomes = await Promise.allSettled([
      log.append('household-1', NO_STREAM, newFacts(1)),
      log.append('household-2', 4, newFacts(1)),
      log.append('household-1', NO_STREAM, newFacts(1)),
      log.append('household-1', 0, newFacts(1)),
      log.append('household-3', NO_STREAM, newFacts(1)),
    ]);

    expect(log.commits).toBe(1);
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(outcomes[1]).toMatchObject({ reason: new RevisionConflict('household-2', 4, NO_STREAM) });
    expect(outcomes[2]).toMatchObject({ reason: new RevisionConflict('household-1', NO_STREAM, 0) });
    expect(await log.head()).toBe('0000000000000003');
  });

  it('says that it is unavailable when the disk is full, and goes on when there is space', async () => {
    await log.append('household-1', NO_STREAM, newFacts(1));
    const { page_count: pages } = connection().prepare('PRAGMA page_count').get() as { page_count: number };
    connection().exec(`PRAGMA max_page_count = ${pages}`);
    const large = newFact({ text: 'x'.repeat(50_000) });

    const outcomes = await Promise.allSettled([
      log.append('household-2', NO_STREAM, newFacts(1)),
      log.append('household-3', NO_STREAM, [large]),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { cause: { errcode: 13 } } });
      expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(StoreUnavailable);
    }
    expect(await log.head()).toBe('0000000000000001');

    connection().exec('PRAGMA max_page_count = 1000000');
    const { position } = await log.append('household-3', NO_STREAM, [large]);
    expect(position).toBe('0000000000000002');
    expect(await log.read('household-2')).toEqual([]);
  });

  it('rolls back after an error of our own, and goes on', async () => {
    await log.close();
    let now = NaN;
    log = openEventLog(folder, { clock: () => now });
    const outcomes = await Promise.allSettled([
      log.append('household-1', NO_STREAM, newFacts(1)),
      log.append('household-2', NO_STREAM, newFacts(1)),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { cause: { name: 'RangeError' } } });
    }
    now = Date.UTC(2024, 0, 1);
    expect((await log.append('household-1', NO_STREAM, newFacts(1))).revision).toBe(0);
  });

  it('finishes what was asked before it is closed', async () => {
    const asked = [
      log.append('household-1', NO_STREAM, newFacts(1)),
      log.append('household-1', 0, newFacts(1)),
    ];
    await log.close();
    expect((await Promise.all(asked)).map((answer) => answer.revision)).toEqual([0, 1]);
    await expect(log.append('household-1', 1, newFacts(1))).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(log.read('household-1')).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('leaves requests their turns while it is read from the start', async () => {
    await log.append('household-1', NO_STREAM, newFacts(50));
    let turns = 0;
    const request = setInterval(() => turns++, 0);
    const stop = new AbortController();
    let seen = 0;
    for await (const page of log.follow({ after: START, maxFacts: 1, signal: stop.signal })) {
      // Work that never waits, as that of a projection.
      for (const until = performance.now() + 2; performance.now() < until;);
      seen += page.facts.length;
      if (seen === 50) stop.abort();
    }
    clearInterval(request);
    expect(turns).toBeGreaterThan(25);
  });

  it('refuses what SQLite would change: a lone surrogate in a name', async () => {
    const refused = log.append('household-\ud800', NO_STREAM, newFacts(1));
    await expect(refused).rejects.toBeInstanceOf(TypeError);
  });
});
