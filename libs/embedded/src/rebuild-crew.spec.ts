import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { alone, rebuild } from '@ledger/poverty-rates';
import type { RebuildCrew } from '@ledger/poverty-rates';
import type { LogEntry } from '@ledger/poverty-rates/testing';
import { COUNTRYSIDE, ofUnits, randomLog } from '@ledger/poverty-rates/testing';
import fc from 'fast-check';
import type { DataFolder } from './data-folder';
import { openDataFolder } from './data-folder';
import type { EventLog } from './event-log';
import { openEventLog } from './event-log';
import { ThreadedCrew } from './rebuild-crew';
import { ReadModelFile } from './rebuilding';
import { dumpReadModels } from './testing/dump-read-models';
import { scratchFolder } from './testing/scratch-folder';

const SCRIPT = join(__dirname, 'testing/rebuild.thread.cjs');
const SMALL = { factsInAPart: 5, factsInAChunk: 7 };

describe('a rebuild by several threads', () => {
  const scratch = scratchFolder();
  let folder: DataFolder;
  let log: EventLog;

  beforeEach(() => {
    folder = openDataFolder(join(scratch.path, randomUUID()), { purpose: 'spec' });
    log = openEventLog(folder);
  });
  afterEach(async () => {
    await log.close();
    folder.close();
  });

  async function write(entries: readonly LogEntry[]): Promise<void> {
    const lengths = new Map<string, number>();
    for (const { stream, fact, recordedOn } of entries) {
      const length = lengths.get(stream) ?? 0;
      const commandId = randomUUID();
      const metadata = {
        ...{ recordedBy: 'officer-7', commandId, causationId: commandId, correlationId: commandId },
        recordedOn,
      };
      await log.append(stream, length - 1, [{ ...fact, id: randomUUID(), metadata }]);
      lengths.set(stream, length + 1);
    }
  }

  async function madeBy(crew: RebuildCrew, signal = new AbortController().signal): Promise<unknown> {
    const file = new ReadModelFile(join(folder.path, 'rebuilt.sqlite'), log.id);
    try {
      await rebuild(log, file.load, { signal, crew });
      await file.open().close();
      return await dumpReadModels(file.path);
    } finally {
      file.remove();
    }
  }

  async function withThreads<Result>(work: (crew: ThreadedCrew) => Promise<Result>): Promise<Result> {
    const crew = new ThreadedCrew(log, SMALL, SCRIPT);
    try {
      return await work(crew);
    } finally {
      await crew.dismiss();
    }
  }

  it('makes what one thread makes', async () => {
    const households = fc
      .sample(randomLog, { numRuns: 12, seed: 20261123 })
      .flatMap((entries, number) =>
        entries
          .filter(({ stream }) => stream.startsWith('household-'))
          .map((entry) => renamed(entry, `-of-${number}`)),
      );
    await write([...COUNTRYSIDE.map((one) => ofUnits(one)), ...households]);
    expect(households.length).toBeGreaterThan(100);
    expect(await withThreads((crew) => madeBy(crew))).toEqual(await madeBy(alone(log)));
  });

  it('ends with what a thread says when it cannot go on', async () => {
    await write(COUNTRYSIDE.map((one) => ofUnits(one)));
    const lost = Object.assign(Object.create(log) as EventLog, { id: 'another log' });
    const crew = new ThreadedCrew(lost, SMALL, SCRIPT);
    await expect(madeBy(crew)).rejects.toThrow(/was replaced by another log/);
    await crew.dismiss();
  });

  it('is cancelled between two parts', async () => {
    await write(COUNTRYSIDE.map((one) => ofUnits(one)));
    const cancelled = AbortSignal.abort(new Error('cancelled'));
    await expect(withThreads((crew) => madeBy(crew, cancelled))).rejects.toThrow('cancelled');
  });
});

/** The same household under another id. */
function renamed({ stream, fact, ...entry }: LogEntry, ending: string): LogEntry {
  const { householdId } = fact.data as { householdId?: string };
  const data =
    householdId === undefined ? fact.data : { ...fact.data, householdId: `${householdId}${ending}` };
  return { ...entry, stream: `${stream}${ending}`, fact: { ...fact, data } };
}
