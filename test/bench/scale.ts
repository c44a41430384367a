import type { CountryOptions } from './country';
import { COUNTRY_SIZE } from './country';

/** How much of everything a run does. */
export interface Scale {
  readonly name: 'quick' | 'normal' | 'long';
  readonly country: CountryOptions;
  /** Alternating runs of each measurement: the report has their medians. */
  readonly runs: number;
  /** Rounds of overwrites for the second half of the questions. */
  readonly overwrites: number;
  /** Appends with one writer, and with 64. */
  readonly appends: readonly [one: number, many: number];
  /** Questions of each kind in each run. */
  readonly questions: number;
  readonly reviewsOverHttp: number;
  /** Facts that a starting server finds unprojected. */
  readonly factsBehind: number;
  readonly importRows: number;
}

export const SCALES: Readonly<Record<Scale['name'], Scale>> = {
  quick: {
    name: 'quick',
    country: { ...COUNTRY_SIZE, households: 2_000, communes: 200 },
    runs: 1,
    overwrites: 5,
    appends: [500, 5_000],
    questions: 50,
    reviewsOverHttp: 1_000,
    factsBehind: 2_000,
    importRows: 2_000,
  },
  normal: {
    name: 'normal',
    country: COUNTRY_SIZE,
    runs: 3,
    overwrites: 5,
    appends: [5_000, 60_000],
    questions: 400,
    reviewsOverHttp: 20_000,
    factsBehind: 20_000,
    importRows: 100_000,
  },
  /** Ten million facts, once; their overwrites would be forty million more, and are left to the normal run. */
  long: {
    name: 'long',
    country: { ...COUNTRY_SIZE, households: 1_090_000 },
    runs: 1,
    overwrites: 0,
    appends: [0, 0],
    questions: 400,
    reviewsOverHttp: 20_000,
    factsBehind: 20_000,
    importRows: 100_000,
  },
};
