import type { HttpConnection } from '../http-client';
import type { Question } from './questions';

export interface Answered {
  readonly ms: number;
  /** Poor households and persons, near-poor ones, all households. */
  readonly said: readonly number[];
}

export interface AnsweredWhole extends Answered {
  /** The whole answer, as JSON, without what depends on who was asked when. */
  readonly whole: string;
}

interface RatesBody {
  readonly poor: Counted;
  readonly nearPoor: Counted;
  readonly totalHouseholds: { readonly count: number } | null;
  /** Each store has its own positions, and who names no day of knowledge is told today. */
  readonly position: string;
  readonly knownOn: string;
}
interface Counted {
  readonly households: number | null;
  readonly persons: number | null;
}

/** One question over HTTP. @param atLeast a position that the answer is to know */
export async function askProduct(
  connection: HttpConnection,
  { unit, on, knownOn }: Pick<Question, 'unit' | 'on' | 'knownOn'>,
  atLeast?: string,
): Promise<AnsweredWhole> {
  const known = knownOn === undefined ? '' : `&knownOn=${knownOn}`;
  const waits = atLeast === undefined ? '' : `&atLeast=${encodeURIComponent(atLeast)}`;
  const path = `/v1/units/${unit}/rates?on=${on}${known}${waits}`;
  const startedAt = performance.now();
  const { status, body } = await connection.get(path);
  const ms = performance.now() - startedAt;
  if (status !== 200) throw new Error(`${path} answered ${status}: ${body}`);
  const { position: _position, knownOn: _today, ...answer } = JSON.parse(body) as RatesBody;
  const { poor, nearPoor, totalHouseholds } = answer;
  const counts = [
    poor.households,
    poor.persons,
    nearPoor.households,
    nearPoor.persons,
    totalHouseholds?.count ?? null,
  ];
  return { ms, said: counts.map((count) => count ?? Number.NaN), whole: JSON.stringify(answer) };
}
