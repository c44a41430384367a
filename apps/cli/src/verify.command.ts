import { UnitTree } from '@ledger/areas';
import { scratchReadModels } from '@ledger/embedded';
import type { EngineSettings } from '@ledger/engine';
import type { Comparison, Difference, ParkedStream, ReadModelContents } from '@ledger/poverty-rates';
import { compareReadModels, crossCheck, inWords } from '@ledger/poverty-rates';
import { openForCommand } from './command-engine';
import { Progress } from './progress';
import { replay } from './replay';

/** So many differences are told in words; the rest is counted. */
const MOST_SHOWN = 20;

/**
 * Replays the log and compares what it gives with the read models, and the read models with themselves. Works
 * beside a running server: what is compared is one snapshot of it.
 * @returns 0 when all is the same, 1 when something differs or waits for repair
 */
export async function verify(
  stores: EngineSettings,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<number> {
  const engine = await openForCommand(stores, { purpose: 'verify', readOnly: true });
  const { file, remove } = scratchReadModels('a comparison');
  try {
    return await engine.readStore.snapshot(async (live) => {
      const { position } = await live.checkpoint();
      const facts = await replay(engine.eventStore, file.load, { signal, upTo: position });
      const replayed = file.open();
      try {
        const comparison = await replayed.snapshot((expected) => compared(expected, live, signal));
        const lost = await replayed.snapshot((expected) => unreadableNow(expected, live));
        const contradictions = await checked(live, signal);
        const waiting = (await live.parked()).length;
        const behind = position < (await engine.eventStore.head());
        return report({ facts, comparison, contradictions, lost, waiting, behind }, print);
      } finally {
        await replayed.close();
      }
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    print('Cancelled. Nothing was changed.');
    return 130;
  } finally {
    remove();
    await engine.close();
  }
}

/** Compares what the log gives with the read models, with a bar. */
export async function compared(
  expected: ReadModelContents,
  found: ReadModelContents,
  signal: AbortSignal,
): Promise<Comparison> {
  const places = (await expected.journalPlaces()).length;
  const units = (await expected.balanceUnits()).length;
  const bar = Progress.start('comparing         ', places + units);
  try {
    return await compareReadModels(expected, found, { signal, onProgress: (done) => bar.at(done) });
  } finally {
    bar.stop();
  }
}

async function checked(live: ReadModelContents, signal: AbortSignal): Promise<readonly Difference[]> {
  const tree = UnitTree.of((await live.unitFacts()).map(({ fact }) => fact));
  const bar = Progress.start('cross-checking    ', (await live.balanceUnits()).length);
  try {
    return await crossCheck(live, tree, { signal, onProgress: (done) => bar.at(done) });
  } finally {
    bar.stop();
  }
}

/**
 * Streams that the log does not give any more although the read models have them: it was damaged since, and
 * the read models are what is left of them.
 */
export async function unreadableNow(
  expected: ReadModelContents,
  live: ReadModelContents,
): Promise<readonly ParkedStream[]> {
  const parked = new Set((await live.parked()).map(({ stream }) => stream));
  return (await expected.parked()).filter(({ stream }) => !parked.has(stream));
}

export const inLostWords = ({ stream, reason }: ParkedStream): string =>
  `${stream}: the log cannot be read any more (${reason}), the read models have it still`;

interface Findings {
  readonly facts: number;
  readonly comparison: Comparison;
  readonly contradictions: readonly Difference[];
  readonly lost: readonly ParkedStream[];
  readonly waiting: number;
  /** Later facts are in the log. */
  readonly behind: boolean;
}

function report(findings: Findings, print: (line: string) => void): number {
  const { facts, comparison, contradictions, lost, waiting, behind } = findings;
  const { movements, balances, households, units, totals } = comparison.compared;
  print(
    `${facts} facts replayed; compared ${movements} movements, ${balances} balances, ${households} households, ` +
      `${units} facts about units, ${totals} totals.`,
  );
  printDifferences(comparison, print);
  for (const one of contradictions.slice(0, MOST_SHOWN)) print(inWords(one));
  if (contradictions.length > 0) print(`${contradictions.length} balances contradict the journal.`);
  if (waiting > 0) print(`${waiting} streams wait for repair: see npm run cli -- parked list`);
  if (behind) print('There are later facts that are not in the read models yet: they were not looked at.');
  for (const one of lost.slice(0, MOST_SHOWN)) print(inLostWords(one));
  const differs = comparison.count > 0 || contradictions.length > 0;
  if (lost.length > 0)
    print('The LOG is damaged: put it back from a backup. A rebuild would lose what it lacks.');
  else
    print(differs ? 'The read models are NOT what the log gives: npm run cli -- rebuild' : 'All the same.');
  return differs || waiting > 0 ? 1 : 0;
}

export function printDifferences({ differences, count }: Comparison, print: (line: string) => void): void {
  for (const one of differences.slice(0, MOST_SHOWN)) print(inWords(one));
  if (count > MOST_SHOWN) print(`... and ${count - MOST_SHOWN} more differences.`);
}
