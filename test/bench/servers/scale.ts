import type { CountryOptions } from '../country';
import { COUNTRY_SIZE } from '../country';
import type { ServersRunName } from '../record';

/** How much of everything a run on servers does. */
export interface ServersScale {
  readonly name: ServersRunName | 'servers-quick';
  readonly country: CountryOptions;
  /** Alternating runs of each measurement. */
  readonly runs: number;
  /** Appends with one writer, and with 64. */
  readonly appends: readonly [one: number, many: number];
  /** Questions of each kind in each run. */
  readonly questions: number;
  /** Orders in each run, and as many with the rate that shows them. */
  readonly orders: number;
}

const FACTS = 100_000;
const FACTS_OF_A_HOUSEHOLD = 10.285;
const HOUSEHOLDS_OF_A_COMMUNE = 10;

/** @throws TypeError when `BENCH_FACTS` is no number that makes sense */
export function serversScale(env: NodeJS.ProcessEnv): ServersScale {
  const facts = factsFrom(env['BENCH_FACTS']);
  return {
    name: facts === FACTS ? 'servers' : `servers-${facts}`,
    country: countryOf(facts),
    runs: 3,
    appends: [1_000, 10_000],
    questions: 200,
    orders: 200,
  };
}

/** Everything small: shows that it works. */
export const SERVERS_QUICK: ServersScale = {
  name: 'servers-quick',
  country: countryOf(4_000),
  runs: 2,
  appends: [100, 1_000],
  questions: 10,
  orders: 10,
};

/** As many households in a commune, and facts of a household, as the whole country has. */
function countryOf(facts: number): CountryOptions {
  const households = Math.round(facts / FACTS_OF_A_HOUSEHOLD);
  const communes = Math.min(Math.ceil(households / HOUSEHOLDS_OF_A_COMMUNE), COUNTRY_SIZE.communes);
  return { ...COUNTRY_SIZE, households, communes };
}

function factsFrom(text: string | undefined): number {
  if (text === undefined || text === '') return FACTS;
  if (/^[1-9]\d{3,7}$/.test(text)) return Number(text);
  throw new TypeError(`BENCH_FACTS=${text}: about how many facts, from 1000 on, for example ${FACTS}`);
}
