import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { NO_STREAM, START, StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import { newFact, newFacts } from '@ledger/event-sourcing/testing';
import type { DataFolder } from './data-folder';
import { openDataFolder } from './data-folder';
import { LOG_FILE, openEventLog } from './event-log';
import { Child } from './testing/child';
import { flipByteOf } from './testing/log-file-bytes';
import { scratchFolder } from './testing/scratch-folder';

const never = new AbortController().signal;
const scratch = scratchFolder();
let folder: DataFolder;
let path: string;

beforeEach(() => {
  folder = openDataFolder(scratch.path, { purpose: 'test' });
  path = join(folder.path, LOG_FILE);
});

afterEach(() => folder.close());

describe('a damaged fact', () => {
  /** Three facts of one household; something of the second one is then changed on the disk. */
  async function damage(text: string): Promise<void> {
    const log = openEventLog(folder);
    const second = newFact({ reason: 'QUITE-UNIQUE' }, { recordedBy: 'CLERK-NINE' });
    const facts = [newFact(), { ...second, type: 'StrangeThingSeen' }, newFact()];
    await log.append('household-UNIQUE', NO_STREAM, [facts[0] ?? second]);
    await log.append('household-UNIQUE', 0, facts.slice(1));
    await log.close();
    flipByteOf(path, text);
  }

  it.each([
    ['data', 'QUITE-UNIQUE'],
    ['the shape of data', '{"reason"'],
    ['metadata', 'CLERK-NINE'],
    ['type', 'StrangeThingSeen'],
  ])('is handed over as undecodable, between its sound neighbours: %s', async (_case, text) => {
    await damage(text);
    const log = openEventLog(folder);

    const facts = await log.read('household-UNIQUE');
    expect(facts.map((fact) => fact.undecodable)).toEqual([undefined, 'the checksum is wrong', undefined]);
    expect(facts[1]).toMatchObject({ stream: 'household-UNIQUE', revision: 1, data: {} });
    expect(facts[1]?.metadata.commandId).toEqual(expect.any(String));
    const { value: page } = await log
      .follow({ after: facts[0]?.position ?? START, maxFacts: 5, signal: never })
      .next();
    expect(page).toEqual({ facts: facts.slice(1), position: facts[2]?.position });
    expect((await log.append('household-UNIQUE', 2, newFacts(1))).revision).toBe(3);
    await log.close();
  });

  it('has an empty metadata when that cannot be read', async () => {
    await damage('{"recordedBy":"CLERK-NINE"');
    const log = openEventLog(folder);
    expect((await log.read('household-UNIQUE'))[1]).toMatchObject({
      undecodable: 'the checksum is wrong',
      data: {},
      metadata: { recordedBy: '', commandId: '', causationId: '', correlationId: '' },
    });
    await log.close();
  });

  it('tells no booking day', async () => {
    const log = openEventLog(folder, { clock: () => Date.UTC(2024, 0, 1) });
    await log.append('household-1', NO_STREAM, newFacts(1));
    await log.append('household-2', NO_STREAM, [newFact({ reason: 'LAST-ONE' })]);
    await log.close();
    flipByteOf(path, 'LAST-ONE');
    const later = openEventLog(folder, { clock: () => Date.UTC(2024, 5, 1) });
    expect(await later.lastRecordedOn()).toBe('2024-01-01');
    await later.close();
  });

  it('keeps its stream when just the stream in the row is damaged: the index knows it too', async () => {
    const log = openEventLog(folder);
    const { facts } = await log.append('household-TWICE', NO_STREAM, newFacts(1));
    await log.close();
    const bytes = readFileSync(path);
    // The table's page comes before the page of its index.
    const at = bytes.indexOf('household-TWICE');
    bytes[at] = 0x48;
    writeFileSync(path, bytes);

    const again = openEventLog(folder);
    expect(await again.read('household-TWICE')).toEqual(facts);
    const { value: page } = await again.follow({ after: START, maxFacts: 5, signal: never }).next();
    expect(page).toMatchObject({ facts });
    await again.close();
  });
});

describe('a log file that cannot be used', () => {
  /** The hashes of the log's file and of its WAL. The index of the WAL (-shm) holds nothing of its own. */
  const logFiles = (): Record<string, string> =>
    Object.fromEntries(
      [path, `${path}-wal`]
        .filter((file) => existsSync(file))
        .map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
    );

  function sqliteFile(file: string, sql: string): void {
    const db = new DatabaseSync(file);
    db.exec(sql);
    db.close();
  }

  async function ourLog(): Promise<void> {
    const log = openEventLog(folder);
    await log.append('household-1', NO_STREAM, newFacts(200));
    await log.close();
  }

  /** A newer release was killed: its format stands in the WAL alone. */
  async function killedNewerRelease(): Promise<void> {
    await ourLog();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 2');
    for (const file of [path, `${path}-wal`]) copyFileSync(file, `${file}.kept`);
    db.close();
    for (const file of [path, `${path}-wal`]) renameSync(`${file}.kept`, file);
  }

  function overwrite(at: number, bytes: readonly number[]): void {
    const content = readFileSync(path);
    content.set(bytes, at);
    writeFileSync(path, content);
  }

  const CASES: readonly (readonly [string, () => void | Promise<void>])[] = [
    ['a text file', () => writeFileSync(path, 'bút ký\n'.repeat(1_000))],
    ['an empty file', () => writeFileSync(path, '')],
    ['a database of somebody else', () => sqliteFile(path, 'CREATE TABLE facts (position INTEGER)')],
    ['a newer format', async () => ourLog().then(() => sqliteFile(path, 'PRAGMA user_version = 2'))],
    ['a newer format with commits in the WAL', killedNewerRelease],
    ['no format', async () => ourLog().then(() => sqliteFile(path, 'PRAGMA user_version = 0'))],
    ['another schema', async () => ourLog().then(() => sqliteFile(path, 'CREATE TABLE more (id TEXT)'))],
    ['another journal', async () => ourLog().then(() => sqliteFile(path, 'PRAGMA journal_mode = DELETE'))],
    ['a damaged magic', async () => ourLog().then(() => overwrite(0, [0x73]))],
    ['a damaged page size', async () => ourLog().then(() => overwrite(16, [0x12, 0x34]))],
    ['a damaged schema page', async () => ourLog().then(() => overwrite(100, [0xff, 0xff, 0xff, 0xff]))],
    ['a damaged page inside', async () => ourLog().then(() => overwrite(4096 * 3, new Array(64).fill(0xa5)))],
    ['an end that is missing', async () => ourLog().then(() => truncateSync(path, 4096 * 4))],
  ];

  it.each(CASES)('is refused by name and not touched: %s', async (_case, prepare) => {
    await prepare();
    const before = logFiles();
    const open = () => openEventLog(folder);

    expect(open).toThrow(StoreRefused);
    expect(open).toThrow(path);
    expect(open).toThrow(/left as it is/);
    expect(logFiles()).toMatchObject(before);
  });

  it('tells to start the newer release', async () => {
    await ourLog();
    sqliteFile(path, 'PRAGMA user_version = 2');
    expect(() => openEventLog(folder)).toThrow(/newer release/);
  });

  it('is refused when it is gone and left its last commits behind', () => {
    writeFileSync(`${path}-wal`, 'commits');
    expect(() => openEventLog(folder)).toThrow(StoreRefused);
    expect(existsSync(path)).toBe(false);
  });

  it('is made anew when a crash left it half made', async () => {
    writeFileSync(`${path}.new`, 'half');
    await openEventLog(folder).close();
    expect(existsSync(`${path}.new`)).toBe(false);
  });
});

describe('a log that is only read', () => {
  const readOnly = () => openEventLog(folder, { readOnly: true });

  it('shows what the writer has committed, also later, and takes nothing', async () => {
    const log = openEventLog(folder);
    await log.append('household-1', NO_STREAM, newFacts(2));
    const tool = readOnly();
    expect(await tool.read('household-1')).toHaveLength(2);
    await log.append('household-1', 1, newFacts(1));
    expect(await tool.head()).toBe(await log.head());
    await expect(tool.append('household-1', 2, newFacts(1))).rejects.toBeInstanceOf(StoreUnavailable);

    await tool.close();
    expect((await log.append('household-1', 2, newFacts(1))).revision).toBe(3);
    await log.close();
  });

  it('follows the writer', async () => {
    const log = openEventLog(folder);
    const tool = readOnly();
    const following = tool.follow({ after: await tool.head(), maxFacts: 10, signal: never }).next();
    const { facts } = await log.append('household-1', NO_STREAM, newFacts(1));
    expect(await following).toMatchObject({ value: { facts } });
    await tool.close();
    await log.close();
  });

  it('is not made where there is none', () => {
    expect(readOnly).toThrow(StoreUnavailable);
    expect(existsSync(path)).toBe(false);
  });
});

describe('a killed process', () => {
  const APPEND = `const log = embedded.openEventLog(embedded.openDataFolder(argument, { purpose: 'victim' }));
    const { randomUUID } = require('node:crypto');
    const metadata = { recordedBy: 'a', commandId: 'b', causationId: 'c', correlationId: 'd' };
    async function write(stream) {
      for (let revision = -1; ; revision++) {
        const ids = [randomUUID(), randomUUID()];
        const facts = ids.map((id) => ({ id, type: 'Seen', version: 1, data: {}, metadata }));
        await log.append(stream, revision++, facts);
        console.log(ids.join('\\n'));
      }
    }
    for (let writer = 0; writer < 8; writer++) void write('household-' + writer);`;

  it('loses nothing that it had acknowledged, and leaves no append half written', async () => {
    folder.close();
    const victim = new Child(APPEND, scratch.path);
    await victim.printed(400);
    await victim.kill();

    folder = openDataFolder(scratch.path, { purpose: 'next owner' });
    const log = openEventLog(folder);
    const streams = Array.from({ length: 8 }, (_item, writer) => `household-${writer}`);
    const facts = (await Promise.all(streams.map((stream) => log.read(stream)))).flat();
    const ids = facts.map((fact) => fact.id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(victim.lines.filter((id) => !ids.includes(id))).toEqual([]);
    for (const stream of streams) expect((await log.read(stream)).length % 2).toBe(0);
    await log.close();
  });
});
