import type { EventStore } from '@ledger/event-sourcing';
import type { CountrySize } from './country/books';
import { booksOf } from './country/books';
import { overwritesOf } from './country/overwrites';
import { layOut } from './country/places';
import type { CountryAppend } from './country/write';
import { Writer } from './country/write';

export type { CountrySize } from './country/books';
export type { CountryAppend } from './country/write';

/** The country of the measurements: about a million facts in 10,000 communes and ten years, 2016 to 2025. */
export const COUNTRY_SIZE: CountrySize = { households: 100_000, communes: 10_000, years: 10, seed: 7 };

export interface CountryOptions extends CountrySize {
  /** So often every status is overruled by a later review of the same day, after everything else. */
  readonly overwrites?: number;
}

/**
 * The history of an invented country, in the order of recording: the same for the same numbers. Every fact is
 * one that the deciders accept at its place. Memory grows with the households, not with the facts.
 */
export function* countryAppends(options: CountryOptions): Generator<CountryAppend, void, undefined> {
  const places = layOut(options.communes, options.seed);
  const writer = new Writer(places, options.households, options.seed);
  yield* writer.units();
  for (const entry of booksOf(options)) yield writer.append(entry);
  for (const entry of overwritesOf(options, options.overwrites ?? 0)) yield writer.append(entry);
}

export interface FillOptions extends CountryOptions {
  /** Told now and then how many facts are durable. */
  readonly onProgress?: (facts: number) => void;
  readonly signal?: AbortSignal;
  /** So many facts of it are in the log already, from a run with fewer overwrites. */
  readonly already?: number;
  /** Ends where the log has so many facts. */
  readonly upTo?: number;
}

/** So many appends may be under way: the log commits them in groups. */
const MAX_IN_FLIGHT = 2_000;

/** Appends the whole country to an empty log that nobody else writes to; resolves to the number of its facts. */
export async function fillCountry(store: EventStore, options: FillOptions): Promise<number> {
  let written = 0;
  let underWay: Promise<unknown>[] = [];
  for (const { stream, expectedRevision, facts } of countryAppends(options)) {
    written += facts.length;
    if (written <= (options.already ?? 0)) continue;
    if (written > (options.upTo ?? Infinity)) {
      written -= facts.length;
      break;
    }
    underWay.push(store.append(stream, expectedRevision, facts));
    if (underWay.length < MAX_IN_FLIGHT) continue;
    await Promise.all(underWay);
    underWay = [];
    options.signal?.throwIfAborted();
    options.onProgress?.(written);
  }
  await Promise.all(underWay);
  options.onProgress?.(written);
  return written;
}
