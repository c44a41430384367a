import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { inChild } from '../child';
import type { AppendResult } from '../children/append-product';
import type { Figure, Who } from '../results';
import type { RunContext } from '../run-context';
import { say } from '../run-context';
import { OPPONENTS } from '../scratch';
import { writeWorkload } from '../workload';

const GROUP = 'Durable appends and reading back';
const WRITERS = [1, 64] as const;
const PRODUCT = join(__dirname, '../children/append-product.js');

type Answer = Partial<AppendResult>;

/** Reviews appended with the expected revision, one to an append, each durable when it is acknowledged. */
export async function measureAppends(context: RunContext): Promise<void> {
  const { scale, scratch, results } = context;
  for (const [index, writers] of WRITERS.entries()) {
    const count = scale.appends[index] ?? 0;
    if (count === 0) continue;
    const workload = join(scratch, `workload-${writers}.ndjson`);
    writeWorkload(workload, count, scale.country.seed);
    for (let run = 1; run <= scale.runs; run++) {
      for (const [who, append] of contenders(context)) {
        const answer = await append(workload, writers);
        say(`  ${who}, ${writers} writers: ${Math.round(answer.perSecond ?? 0).toLocaleString('en')}/s`);
        for (const [what, figure] of figuresFor(writers)) {
          const value = answer[what];
          if (value !== undefined) results.add(figure, who, value);
        }
      }
    }
  }
}

type Append = (workload: string, writers: number) => Promise<Answer>;

function contenders({ scratch, postgres, signal }: RunContext): [Who, Append][] {
  const product: Append = async (workload, writers) => {
    const folder = join(scratch, 'appends');
    rmSync(folder, { recursive: true, force: true });
    const { result } = await inChild<AppendResult>(PRODUCT, [folder, workload, writers], { signal });
    rmSync(folder, { recursive: true, force: true });
    return result;
  };
  if (!postgres) return [['product', product]];
  const opponent =
    (script: string): Append =>
    async (workload, writers) =>
      (await inChild<Answer>(join(OPPONENTS, script), [postgres.socketFolder, workload, writers], { signal }))
        .result;
  return [
    ['product', product],
    ['postgres', opponent('append-history.mjs')],
    ['emmett', opponent('append-emmett.mjs')],
  ];
}

function figuresFor(writers: number): [keyof AppendResult, Omit<Figure, 'values'>][] {
  const common = { group: GROUP, unit: 'per second' } as const;
  const who = writers === 1 ? 'one writer' : `${writers} writers`;
  const appends = { ...common, id: `appends-${writers}`, what: `appends, ${who}` };
  if (writers === 1) return [['perSecond', appends]];
  return [
    ['perSecond', appends],
    ['readPerSecond', { ...common, id: 'read-all', what: 'facts read from the whole log' }],
    ['streamsPerSecond', { ...common, id: 'read-streams', what: 'streams read, one after the other' }],
  ];
}
