import { UnitTree } from '@ledger/areas';
import type { RecordedFact } from '@ledger/event-sourcing';
import { timelineOf } from '@ledger/households';
import { LAST_DAY } from '@ledger/kernel';
import fc from 'fast-check';
import type { Booking } from '../ledger/booking';
import { bookingsOf } from '../ledger/booking';
import type { JournalEntry } from '../ledger/movement';
import { difference, isNothing, NOTHING, plus } from '../ledger/movement';
import { movementsOf } from '../ledger/movements-of';
import type { Dump, LogEntry } from '../testing';
import {
  COUNTRYSIDE,
  InMemoryReadStore,
  canonicalDump,
  pagesOf,
  randomLog,
  randomSizes,
  recorded,
  storeOf,
  tornLog,
} from '../testing';
import { Projector } from './projector';

const IDS = ['h-1', 'h-2', 'h-3'];
const PLACES = COUNTRYSIDE.map(({ unit }) => unit);

async function project(
  facts: readonly RecordedFact[],
  ...sizes: readonly number[]
): Promise<InMemoryReadStore> {
  const store = new InMemoryReadStore();
  const projector = new Projector(store);
  for (const page of pagesOf(facts, ...sizes)) await projector.project(page);
  return store;
}

const whole = (entries: readonly LogEntry[]): readonly LogEntry[] =>
  entries.map(({ undecodable: _torn, ...entry }) => entry);

describe('the projector, for any log', () => {
  it('makes the same read models whatever the pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(randomLog, tornLog), randomSizes, async (entries, sizes) => {
        const facts = recorded(entries);
        const expected = (await project(facts)).dump();
        expect((await project(facts, 1)).dump()).toEqual(expected);
        expect((await project(facts, ...sizes)).dump()).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('makes, once everything is repaired, the read models of a log that was never torn', async () => {
    await fc.assert(
      fc.asyncProperty(tornLog, randomSizes, fc.nat(6), async (entries, sizes, early) => {
        const torn = recorded(entries);
        const repaired = recorded(whole(entries));
        const store = new InMemoryReadStore();
        const projector = new Projector(store);
        for (const [index, page] of pagesOf(torn, ...sizes).entries()) {
          await projector.project(page);
          // Repaired already, as far as the log has come.
          if (index === early) await projector.retryParked(storeOf(repaired));
        }
        expect(await projector.retryParked(storeOf(repaired))).toEqual([]);
        expect(store.dump()).toEqual((await project(repaired)).dump());
      }),
      { numRuns: 150 },
    );
  });

  it('books on each unit what the journal gives through the latest tree', async () => {
    await fc.assert(
      fc.asyncProperty(randomLog, randomSizes, async (entries, sizes) => {
        const store = await project(recorded(entries), ...sizes);
        const balances = await store.snapshot(async (models) => {
          const tree = UnitTree.of((await models.unitFacts()).map(({ fact }) => fact));
          const lines = await models.lines({ places: PLACES, effectiveTo: LAST_DAY });
          return addedUp(lines.flatMap((line) => bookingsOf(tree, line)));
        });
        expect(store.dump().balances).toEqual(dumpOf({ balances }).balances);
      }),
      { numRuns: 100 },
    );
  });

  it('has in the journal of each household what its facts contribute, as known on every day', async () => {
    await fc.assert(
      fc.asyncProperty(randomLog, randomSizes, async (entries, sizes) => {
        const store = await project(recorded(entries), ...sizes);
        const journal = store.dump().journal.map((row) => JSON.parse(row) as JournalEntry);
        for (const { id, facts } of await store.snapshot((models) => models.households(IDS))) {
          for (const knownOn of new Set(facts.map(({ recordedOn }) => recordedOn))) {
            const known = facts.filter(({ recordedOn }) => recordedOn <= knownOn).map(({ fact }) => fact);
            const booked = journal.filter(
              ({ household, recordedOn }) => household === id && recordedOn <= knownOn,
            );
            // What is still to be booked: the difference between what the facts contribute and what is booked.
            expect(difference(booked, movementsOf(timelineOf(known)))).toEqual([]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** Bookings as balances keep them: one for each, and none that comes to nothing. */
function addedUp(bookings: readonly Booking[]): readonly Booking[] {
  const sums = new Map<string, Booking>();
  for (const booking of bookings) {
    const { unit, standard, group, column, effectiveOn } = booking;
    const key = [unit, standard, group, column, effectiveOn].join();
    sums.set(key, { ...booking, ...plus(sums.get(key) ?? NOTHING, booking) });
  }
  return [...sums.values()].filter((booking) => !isNothing(booking));
}

const dumpOf = (part: Partial<Parameters<typeof canonicalDump>[0]>): Dump =>
  canonicalDump({
    checkpoint: { position: '' as never, lastDay: null },
    journal: [],
    balances: [],
    households: [],
    units: [],
    totals: [],
    classifications: [],
    parked: [],
    ...part,
  });
