import { LOG_FILE } from '@ledger/embedded';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ChildFailed, inChild } from '../child';
import type { RunContext } from '../run-context';
import { say } from '../run-context';
import { ROOT } from '../scratch';
import { serving } from './serving';

const CLI = join(ROOT, 'dist/apps/cli/src/main.js');
const GROUP = 'Making the read models again';

/** The command `rebuild`, from its start to its end, on the country's log. */
export async function measureRebuild(context: RunContext, folder: string, facts: number): Promise<void> {
  const { results, signal, scale } = context;
  for (let run = 1; run <= scale.runs; run++) {
    forgetReadModels(folder);
    try {
      const { seconds, peakMegabytes } = await inChild(CLI, ['rebuild'], {
        signal,
        env: { DATA_DIR: folder },
      });
      const perSecond = facts / seconds;
      say(
        `  rebuild: ${Math.round(perSecond).toLocaleString('en')} facts/s, ${Math.round(peakMegabytes)} MB`,
      );
      const rebuild = {
        id: 'rebuild',
        group: GROUP,
        what: 'facts rebuilt, the whole command',
        unit: 'per second',
      } as const;
      const memory = {
        id: 'rebuild-rss',
        group: GROUP,
        what: 'largest resident memory of it',
        unit: 'MB',
      } as const;
      results.add({ ...rebuild, goal: { atLeast: 100_000 } }, 'product', perSecond);
      results.add(
        { ...memory, ...(scale.name !== 'long' && { goal: { atMost: 300 } }) },
        'product',
        peakMegabytes,
      );
    } catch (error) {
      if (!(error instanceof ChildFailed)) throw error;
      results.missing.push({ group: GROUP, what: 'rebuild', why: `the command ended with ${error.code}` });
      return;
    }
  }
}

/** The read models made again where nobody measures it. */
export async function rebuildQuietly({ signal }: Pick<RunContext, 'signal'>, folder: string): Promise<void> {
  forgetReadModels(folder);
  try {
    await inChild(CLI, ['rebuild'], { signal, env: { DATA_DIR: folder } });
  } catch (error) {
    if (!(error instanceof ChildFailed)) throw error;
    await serving(folder, signal, async () => undefined);
  }
}

/** Without them a rebuild has nothing to compare with: what is left is the making. */
function forgetReadModels(folder: string): void {
  const others = readdirSync(folder).filter((name) => !name.startsWith(LOG_FILE));
  for (const name of others) rmSync(join(folder, name), { recursive: true });
}
