import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inChild } from '../child';
import { layOut } from '../country/places';
import type { HttpConnection } from '../http-client';
import type { Figure, Who } from '../results';
import type { RunContext } from '../run-context';
import { say } from '../run-context';
import { OPPONENTS } from '../scratch';
import type { Server } from '../server';
import { percentile } from '../stats';
import type { Answered } from './asking';
import { askProduct } from './asking';
import type { Knowledge, Level, Question } from './questions';
import { KNOWLEDGE, questionsFor } from './questions';

const MOST_MS: Readonly<Record<Knowledge, Partial<Record<Level, number>>>> = {
  latest: { commune: 5, province: 5, country: 5 },
  known: { province: 50 },
};
const LEVELS = ['commune', 'province', 'country'] as const satisfies readonly Level[];
const WARM_UP = 20;
/** The past of the country never changes, so it may be kept: so many other questions lie between. */
const ASKED_AGAIN_AFTER = 25;

/**
 * Rates over HTTP against an SQL count, the same questions in turn; where the two disagree on a number the run
 * ends, since one of them would be answering something else.
 * @param label tells figures with and without overwrites apart
 */
export async function measureRates(
  context: RunContext,
  server: Server,
  label: 'plain' | 'overwritten',
): Promise<void> {
  const { scale } = context;
  const places = layOut(scale.country.communes, scale.country.seed);
  const connection = await server.connect();
  try {
    for (let run = 1; run <= scale.runs; run++) {
      if (label === 'plain') await askNothing(context, connection);
      for (const level of LEVELS) {
        for (const knowledge of KNOWLEDGE) {
          const questions = questionsFor(places, level, knowledge, scale.questions + WARM_UP, run);
          const warmUp = questions.splice(0, WARM_UP);
          await ask(context, connection, { warmUp, questions }, level, knowledge, label);
        }
      }
    }
  } finally {
    connection.close();
  }
}

/** What a request costs that has nothing to answer. */
async function askNothing({ results, scale }: RunContext, connection: HttpConnection): Promise<void> {
  const times: number[] = [];
  for (let nth = 0; nth < scale.questions; nth++) {
    const startedAt = performance.now();
    await connection.get('/health/live');
    times.push(performance.now() - startedAt);
  }
  for (const percent of [50, 99]) {
    const what = `an empty request, p${percent}`;
    const figure = { id: `nothing-${percent}`, group: groupOf('plain', 0), what, unit: 'ms' } as const;
    results.add(figure, 'product', percentile(times, percent));
  }
}

interface Round {
  readonly warmUp: readonly Question[];
  readonly questions: readonly Question[];
}

async function ask(
  context: RunContext,
  connection: HttpConnection,
  round: Round,
  level: Level,
  knowledge: Knowledge,
  label: 'plain' | 'overwritten',
): Promise<void> {
  for (const question of round.warmUp) await askProduct(connection, question);
  const said: Answered[] = [];
  const again: Answered[] = [];
  const mayBeKept = level === 'country' && knowledge === 'known';
  for (let at = 0; at < round.questions.length; at += ASKED_AGAIN_AFTER) {
    const some = round.questions.slice(at, at + ASKED_AGAIN_AFTER);
    for (const question of some) said.push(await askProduct(connection, question));
    if (!mayBeKept) continue;
    for (const question of some) again.push(await askProduct(connection, question));
  }
  enter(context, 'product', said, level, knowledge, label);
  if (mayBeKept) enter(context, 'product', again, level, knowledge, label, ' (asked before)');
  const { postgres, scratch, signal } = context;
  if (!postgres) return;
  const file = join(scratch, 'questions.json');
  writeFileSync(file, JSON.stringify(round), { mode: 0o644 });
  const args = [postgres.socketFolder, file];
  const { result } = await inChild<Answered[]>(join(OPPONENTS, 'ask-history.mjs'), args, { signal });
  requireSame(round.questions, said, result);
  enter(context, 'postgres', result, level, knowledge, label);
}

/** What the product does not know (a total that a commune lacks) is not compared. */
function requireSame(
  questions: readonly Question[],
  ours: readonly Answered[],
  theirs: readonly Answered[],
): void {
  const known = ours.filter(({ said }) => said.every((count) => !Number.isNaN(count)));
  if (known.length < ours.length * 0.9)
    throw new Error(`only ${known.length} of ${ours.length} rates are known`);
  questions.forEach((question, index) => {
    const one = ours[index]?.said ?? [];
    const other = theirs[index]?.said ?? [];
    if (one.every((count, at) => Number.isNaN(count) || count === other[at])) return;
    throw new Error(
      `the answers differ, ${one.join(' ')} and ${other.join(' ')}: ${JSON.stringify(question)}`,
    );
  });
}

function enter(
  { results, scale }: RunContext,
  who: Who,
  answers: readonly Answered[],
  level: Level,
  knowledge: Knowledge,
  label: 'plain' | 'overwritten',
  suffix = '',
): void {
  const times = answers.map(({ ms }) => ms);
  for (const percent of [50, 99]) {
    const id = `rates-${level}-${knowledge}-${percent}${suffix}`;
    const most = MOST_MS[knowledge][level];
    const figure: Omit<Figure, 'values'> = {
      id: `${label}-${id}`,
      group: groupOf(label, scale.overwrites),
      what: `${level}, ${knowledge === 'latest' ? 'latest' : 'as known earlier'}${suffix}, p${percent}`,
      unit: 'ms',
      ...(percent === 99 && most !== undefined && label === 'plain' && { goal: { atMost: most } }),
      ...(label === 'overwritten' &&
        percent === 50 && { goalAgainst: { of: `plain-${id}`, atMostTimes: 1.2 } }),
    };
    results.add(figure, who, percentile(times, percent));
  }
  say(
    `  ${who}, ${level}, ${knowledge}${suffix}: p50 ${percentile(times, 50).toFixed(2)} ms, p99 ${percentile(times, 99).toFixed(2)} ms`,
  );
}

const groupOf = (label: 'plain' | 'overwritten', rounds: number): string =>
  label === 'plain' ? 'Rates of a unit on a day' : `The same after ${rounds} overwrites of every status`;
