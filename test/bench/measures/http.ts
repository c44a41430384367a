import { addDays, parseDay } from '@ledger/kernel';
import type { HttpConnection } from '../http-client';
import type { RunContext } from '../run-context';
import { say } from '../run-context';
import type { Server } from '../server';
import { largest, percentile } from '../stats';
import { livingHouseholds, NEW_REVIEWS_FROM } from './households';
import { Pinger } from './pinger';

const CLIENTS = 64;
const GROUP = 'Orders over HTTP';
const ROUTE = '/v1/households/';
const LONGEST_PROJECTION_MS = 600_000;

/** Reviews of 64 clients, each waiting for its answer, while somebody else asks whether the server is alive. */
export async function measureReviews(context: RunContext, server: Server): Promise<void> {
  const { scale, results } = context;
  const households = livingHouseholds(scale.country, scale.reviewsOverHttp);
  const clients = await connectedClients(server);
  for (let run = 1; run <= scale.runs; run++) {
    const day = addDays(parseDay(NEW_REVIEWS_FROM), run);
    const pinger = await Pinger.start(server);
    const startedAt = performance.now();
    const { times, position } = await postReviews(clients, households, day);
    const seconds = (performance.now() - startedAt) / 1_000;
    const lagMs = await visibleAfter(server, position);
    const pings = await pinger.stop();
    const add = (id: string, what: string, unit: 'per second' | 'ms', value: number, atMost?: number): void =>
      results.add(
        { id, group: GROUP, what, unit, ...(atMost !== undefined && { goal: { atMost } }) },
        'product',
        value,
      );
    add('reviews', `reviews of ${CLIENTS} clients`, 'per second', households.length / seconds);
    add('reviews-99', 'a review, p99', 'ms', percentile(times, 99));
    add('reviews-visible', 'the last review in every rate, after its answer', 'ms', lagMs);
    add('reviews-ping', 'the longest wait of another request meanwhile', 'ms', largest(pings), 50);
    say(
      `  ${Math.round(households.length / seconds)} reviews/s, visible after ${Math.round(lagMs)} ms, longest wait ${Math.round(largest(pings))} ms`,
    );
  }
  for (const client of clients) client.close();
}

/**
 * Each has been answered once: a busy Node takes up one new connection in each turn of its loop, and a client
 * that waits for its first turn is no measure of an order.
 */
async function connectedClients(server: Server): Promise<HttpConnection[]> {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => server.connect()));
  for (const client of clients) await client.get('/health/live');
  return clients;
}

async function postReviews(
  clients: readonly HttpConnection[],
  households: readonly string[],
  day: string,
): Promise<{ times: number[]; position: string }> {
  const times: number[] = [];
  let position = '';
  let next = 0;
  const work = async (connection: HttpConnection): Promise<void> => {
    for (let at = next++; at < households.length; at = next++) {
      const startedAt = performance.now();
      const { status, body } = await connection.post(`${ROUTE}${households[at]}/reviews`, reviewOn(day, at));
      if (status !== 201) throw new Error(`a review was answered with ${status}: ${body}`);
      times.push(performance.now() - startedAt);
      const said = (JSON.parse(body) as { position: string }).position;
      if (said > position) position = said;
    }
  };
  await Promise.all(clients.map(work));
  return { times, position };
}

/** The body of a review of a day; every third finds a poor household. */
export function reviewOn(day: string, nth: number): string {
  const poor = nth % 3 === 0;
  return JSON.stringify({
    standard: 'VN-2022',
    channel: 'regular',
    effectiveOn: day,
    areaType: 'rural',
    incomeScore: poor ? 110 : 175,
    deprivations: poor ? [1, 4, 7] : [],
    outcome: poor ? 'poor' : 'above',
    decision: { number: '91/QĐ-UBND', date: day, authority: 'UBND' },
  });
}

/** How long the rates take to know everything up to a position. */
async function visibleAfter(server: Server, position: string): Promise<number> {
  const connection = await server.connect();
  const startedAt = performance.now();
  try {
    while (performance.now() - startedAt < LONGEST_PROJECTION_MS) {
      const { status } = await connection.get(`/v1/units/VN/rates?atLeast=${encodeURIComponent(position)}`);
      if (status === 200) return performance.now() - startedAt;
    }
    throw new Error('the rates did not come to know the reviews');
  } finally {
    connection.close();
  }
}
