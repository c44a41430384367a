import type { PlainDate } from '@ledger/kernel';
import { addDays, parseDay } from '@ledger/kernel';
import type { HttpConnection } from '../../http-client';
import type { AnsweredWhole } from '../../measures/asking';
import { askProduct } from '../../measures/asking';
import { livingHouseholds, NEW_REVIEWS_FROM } from '../../measures/households';
import { reviewOn } from '../../measures/http';
import { say } from '../../run-context';
import { percentile } from '../../stats';
import { requireSameAnswers } from '../compare';
import type { ServersContext } from '../context';
import type { BothEngines, Engine } from '../engines';
import { ENGINES } from '../engines';
import { inTurns } from '../turns';

const GROUP = 'An order over HTTP, and the rate that shows it';
const WARM_UP = 5;

/** Reviews one after the other, alone and each with a question that waits until it is in the rate. */
export async function measureOrders(context: ServersContext, engines: BothEngines): Promise<void> {
  const { scale } = context;
  const households = livingHouseholds(scale.country, scale.orders + WARM_UP);
  for (let run = 1; run <= scale.runs; run++) {
    const answers = new Map<Engine, AnsweredWhole[]>();
    for (const who of inTurns(ENGINES, run)) {
      const { orders, shown, said } = await orderAll(engines[who], households, run);
      enter(context, engines.on, who, 'an order', orders.slice(WARM_UP));
      enter(context, engines.on, who, 'an order and the rate that shows it', shown.slice(WARM_UP));
      answers.set(who, said);
    }
    // Both have taken the same orders: each of them changed the same rate.
    const question = { unit: 'VN', on: dayOf(run, 1) };
    requireSameAnswers(Array<typeof question>(households.length).fill(question), answers);
  }
}

interface Ordered {
  readonly orders: readonly number[];
  readonly shown: readonly number[];
  readonly said: AnsweredWhole[];
}

async function orderAll(
  connection: HttpConnection,
  households: readonly string[],
  run: number,
): Promise<Ordered> {
  const [day, next] = [dayOf(run, 0), dayOf(run, 1)];
  const orders: number[] = [];
  const shown: number[] = [];
  const said: AnsweredWhole[] = [];
  for (const [nth, household] of households.entries()) {
    let startedAt = performance.now();
    await order(connection, household, day, nth);
    orders.push(performance.now() - startedAt);
    startedAt = performance.now();
    const position = await order(connection, household, next, nth + 1);
    const answer = await askProduct(connection, { unit: 'VN', on: next }, position);
    shown.push(performance.now() - startedAt);
    said.push(answer);
  }
  return { orders, shown, said };
}

/** Two days of its own for each run: no review is of a day that has one already. */
const dayOf = (run: number, nth: 0 | 1): PlainDate => addDays(parseDay(NEW_REVIEWS_FROM), 2 * run + nth);

/** @returns the position that shows it */
async function order(
  connection: HttpConnection,
  household: string,
  day: string,
  nth: number,
): Promise<string> {
  const { status, body } = await connection.post(`/v1/households/${household}/reviews`, reviewOn(day, nth));
  if (status !== 201) throw new Error(`a review was answered with ${status}: ${body}`);
  return (JSON.parse(body) as { position: string }).position;
}

function enter(
  { results }: ServersContext,
  on: string,
  who: Engine,
  what: string,
  times: readonly number[],
): void {
  for (const percent of [50, 99]) {
    const named = { id: `${what}-${percent}`, what: `${what}, p${percent}` };
    results.add({ ...named, group: GROUP, unit: 'ms', on }, who, percentile(times, percent));
  }
  say(
    `  ${who}, ${what}: p50 ${percentile(times, 50).toFixed(2)} ms, p99 ${percentile(times, 99).toFixed(2)} ms`,
  );
}
