import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import { totalsCodec, totalsStream, UNITS_STREAM, unitCodec } from '@ledger/areas';
import type { EventStore, FollowOptions, LogPage, NewFact, RecordedFact } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import { InMemoryEventStore } from '@ledger/event-sourcing/testing';
import type { HouseholdFact } from '@ledger/households';
import { householdCodec } from '@ledger/households';
import type { PlainDate } from '@ledger/kernel';
import { at } from './sample-batches';

/** A fact of any room, and the day that its metadata or its clock gives it. */
export interface LogEntry {
  readonly stream: string;
  readonly fact: Pick<NewFact, 'type' | 'version' | 'data'>;
  readonly recordedOn: PlainDate;
  /** The store cannot read its bytes. */
  readonly undecodable?: string;
}

export const ofHousehold = (id: string, fact: HouseholdFact, recordedOn: PlainDate): LogEntry => ({
  stream: `household-${id}`,
  fact: householdCodec.encode(fact),
  recordedOn,
});

export const ofUnits = (fact: UnitFact, recordedOn: PlainDate = fact.effectiveOn): LogEntry => ({
  stream: UNITS_STREAM,
  fact: unitCodec.encode(fact),
  recordedOn,
});

export const ofTotals = (fact: HouseholdTotalDeclared, recordedOn: PlainDate): LogEntry => ({
  stream: totalsStream(fact.unit),
  fact: totalsCodec.encode(fact),
  recordedOn,
});

/** The facts as a log hands them over: positions from 1 on, revisions by stream. */
export function recorded(entries: readonly LogEntry[]): readonly RecordedFact[] {
  const lengths = new Map<string, number>();
  return entries.map(({ stream, fact, recordedOn, undecodable }, index) => {
    const revision = lengths.get(stream) ?? 0;
    lengths.set(stream, revision + 1);
    const position = at(index + 1);
    return {
      ...fact,
      id: `018f3c1e-0000-7000-8000-${String(index).padStart(12, '0')}`,
      stream,
      revision,
      position,
      // Midnight in UTC is 7 o'clock of the same day in Vietnam.
      recordedAt: `${recordedOn}T00:00:00.000Z`,
      metadata: {
        recordedBy: 'officer-7',
        commandId: position,
        causationId: position,
        correlationId: position,
      },
      ...(undecodable !== undefined && { undecodable, data: {} }),
    };
  });
}

export const pageOf = (facts: readonly RecordedFact[]): LogPage => ({
  facts,
  position: facts.at(-1)?.position ?? START,
});

/** Pages of the sizes given, over and over; one page of all without sizes. */
export function pagesOf(facts: readonly RecordedFact[], ...sizes: readonly number[]): readonly LogPage[] {
  const pages: LogPage[] = [];
  for (let from = 0; from < facts.length;) {
    const size = sizes[pages.length % sizes.length] ?? facts.length;
    pages.push(pageOf(facts.slice(from, from + size)));
    from += size;
  }
  return pages;
}

/** A store that holds these facts and no others: as they are after a repair, say. */
export const storeOf = (facts: readonly RecordedFact[]): EventStore =>
  Object.assign(new InMemoryEventStore(), {
    read: async (stream: string) => facts.filter((fact) => fact.stream === stream),
    head: async () => pageOf(facts).position,
    follow: async function* ({ after, maxFacts, signal }: FollowOptions) {
      const later = facts.filter(({ position }) => position > after);
      for (const page of pagesOf(later, maxFacts)) if (!signal.aborted) yield page;
    },
  });
