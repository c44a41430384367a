import type { NewFact } from '@ledger/event-sourcing';
import { readFileSync, writeFileSync } from 'node:fs';
import type { CountrySize } from './country';
import { booksOf } from './country/books';
import { dateOf } from './country/calendar';
import { layOut } from './country/places';
import { standardOfPaper } from './country/papers';
import { Writer } from './country/write';

/** One review, for everybody who appends: as a fact of the log, and as a row of the history table. */
export interface WorkItem {
  readonly stream: string;
  /** -1 for the first of its stream. */
  readonly expectedRevision: number;
  readonly fact: NewFact;
  /** household, commune, standard, status, members, effective from, recorded from. */
  readonly row: readonly (string | number)[];
}

/** The first so many reviews of a country, one to a line, in the order of recording. */
export function writeWorkload(path: string, count: number, seed: number): void {
  const size: CountrySize = { households: Math.ceil(count / 6), communes: 500, years: 10, seed };
  const writer = new Writer(layOut(size.communes, seed), size.households, seed);
  const revisions = new Map<string, number>();
  const lines: string[] = [];
  for (const entry of booksOf(size)) {
    if (entry.kind !== 'review') continue;
    const { stream, facts } = writer.append(entry);
    const [fact] = facts;
    if (!fact) continue;
    const expectedRevision = revisions.get(stream) ?? -1;
    revisions.set(stream, expectedRevision + 1);
    const standard = Number(standardOfPaper(entry.paper).slice(3));
    const members = entry.value >> 10 || 4;
    const days = [dateOf(entry.effectiveOn), dateOf(entry.recordedOn)];
    const row = [entry.subject, entry.place + 1, standard, entry.value & 3, members, ...days];
    lines.push(JSON.stringify({ stream, expectedRevision, fact, row } satisfies WorkItem));
    if (lines.length === count) break;
  }
  if (lines.length < count) throw new Error(`the country has only ${lines.length} reviews, not ${count}`);
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o644 });
}

/** The same for so many who append beside each other: one stream is never appended to twice at a time. */
export function sharedOut(items: readonly WorkItem[], writers: number): WorkItem[][] {
  const queues = Array.from({ length: writers }, () => [] as WorkItem[]);
  const numbers = new Map<string, number>();
  for (const item of items) {
    const number = numbers.get(item.stream) ?? numbers.size;
    numbers.set(item.stream, number);
    queues[number % writers]?.push(item);
  }
  return queues;
}

export const readWorkload = (path: string): WorkItem[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as WorkItem);
