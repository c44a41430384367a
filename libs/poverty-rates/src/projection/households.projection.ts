import type { UnitTree } from '@ledger/areas';
import type { RecordedFact } from '@ledger/event-sourcing';
import type { HouseholdFact } from '@ledger/households';
import { householdCodec, householdStream, timelineOf } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { splitUnitId } from '@ledger/kernel';
import type { JournalEntry, Movement } from '../ledger/movement';
import { difference } from '../ledger/movement';
import { movementsOf } from '../ledger/movements-of';
import type { HouseholdDocument, KeptFact, ParkedStream } from '../read-store';
import { reasonOf } from './reason';

/** A fact of the log with the day on which it is booked. */
export interface BookedFact {
  readonly recorded: RecordedFact;
  readonly recordedOn: PlainDate;
}

/** What new facts do to one household. */
export interface HouseholdStep {
  readonly document: HouseholdDocument | undefined;
  readonly journal: readonly JournalEntry[];
  readonly parked: ParkedStream | undefined;
}

/**
 * Folds a household again with its new facts and books the difference, once for each day on which they were
 * recorded: never once for the whole batch, or what was known between two days would be lost (rule 3).
 * From the first fact that cannot be decoded or folded the household is parked.
 */
export function stepHousehold(
  stream: string,
  earlier: HouseholdDocument | undefined,
  arrived: readonly BookedFact[],
  tree: UnitTree,
): HouseholdStep {
  const household = new FoldedHousehold(stream, tree);
  const unreadable = household.takeUp(earlier);
  if (unreadable !== undefined) {
    return { document: undefined, journal: [], parked: parkedStream(stream, unreadable, household, arrived) };
  }
  const journal: JournalEntry[] = [];
  for (let at = 0; at < arrived.length;) {
    const sameDay = sameDayFrom(arrived, at);
    const wholeDay = household.tryBook(sameDay);
    if (wholeDay.booked) {
      journal.push(...wholeDay.entries);
      at += sameDay.length;
      continue;
    }
    // Something in this day does not fold: one by one, up to the one that does not.
    for (const one of sameDay) {
      const step = household.tryBook([one]);
      if (!step.booked) {
        const rest = arrived.slice(at);
        return {
          document: household.document,
          journal,
          parked: parkedStream(stream, step.reason, household, rest),
        };
      }
      journal.push(...step.entries);
      at++;
    }
  }
  return { document: household.document, journal, parked: undefined };
}

type Booked =
  | { readonly booked: true; readonly entries: readonly JournalEntry[] }
  | { readonly booked: false; readonly reason: string };

class FoldedHousehold {
  private kept: readonly KeptFact[] = [];
  private facts: readonly HouseholdFact[] = [];
  private movements: readonly Movement[] = [];

  constructor(
    private readonly stream: string,
    private readonly tree: UnitTree,
  ) {}

  /** Goes on from what is kept. Tells why it cannot, where another program kept what this one cannot read. */
  takeUp(earlier: HouseholdDocument | undefined): string | undefined {
    try {
      this.kept = earlier?.facts ?? [];
      this.facts = this.kept.map((fact) => decodeKept(fact));
      this.movements = movementsOf(timelineOf(this.facts));
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }

  tryBook(arrived: readonly BookedFact[]): Booked {
    try {
      const facts = [...this.facts, ...arrived.map(({ recorded }) => householdCodec.decode(recorded))];
      const movements = movementsOf(timelineOf(facts));
      this.requirePlaces(facts);
      const [first] = facts;
      const household = first?.type === 'HouseholdRegistered' ? first.householdId : undefined;
      if (household === undefined) throw new Error('the first fact is not a registration');
      if (householdStream(household) !== this.stream) throw new Error(`the registration names ${household}`);
      const recordedOn = arrived[0]?.recordedOn as PlainDate;
      const entries = difference(this.movements, movements).map((line) => ({
        ...line,
        household,
        recordedOn,
      }));
      this.kept = [...this.kept, ...arrived.map(keptFact)];
      this.facts = facts;
      this.movements = movements;
      return { booked: true, entries };
    } catch (error) {
      return { booked: false, reason: reasonOf(error) };
    }
  }

  get document(): HouseholdDocument | undefined {
    const registered = this.facts[0];
    if (registered?.type !== 'HouseholdRegistered') return undefined;
    const { householdId: id, place, listNumber } = registered;
    return { id, facts: this.kept, listed: listNumber === undefined ? null : { place, number: listNumber } };
  }

  get places(): readonly UnitId[] {
    return [...new Set(this.facts.flatMap(placesOf))];
  }

  private requirePlaces(facts: readonly HouseholdFact[]): void {
    for (const place of facts.flatMap(placesOf)) {
      if (!this.tree.find(place)) throw new Error(`no unit ${place} is known`);
    }
  }
}

/** @throws Error when what is kept no longer decodes: it did when it was kept */
export function decodeKept(fact: KeptFact): HouseholdFact {
  return householdCodec.decode({ ...fact, stream: '' });
}

function keptFact({ recorded, recordedOn }: BookedFact): KeptFact {
  const { id, type, version, revision, position, recordedAt, data, metadata } = recorded;
  return { id, type, version, revision, position, recordedAt, recordedOn, data, metadata };
}

function placesOf(fact: HouseholdFact): UnitId[] {
  if (fact.type === 'HouseholdRegistered') return [fact.place];
  return fact.type === 'HouseholdMoved' ? [fact.to] : [];
}

function sameDayFrom(arrived: readonly BookedFact[], at: number): readonly BookedFact[] {
  const day = arrived[at]?.recordedOn;
  const end = arrived.findIndex(({ recordedOn }, index) => index > at && recordedOn !== day);
  return arrived.slice(at, end === -1 ? undefined : end);
}

function parkedStream(
  stream: string,
  reason: string,
  household: FoldedHousehold,
  rest: readonly BookedFact[],
): ParkedStream {
  const places = union(household.places, placesNamedIn(rest.slice(0, 1)));
  return parkedBehind({ stream, reason, places, facts: parkedFacts(rest.slice(0, 1)) }, rest.slice(1));
}

/** What waits behind a parked fact: it may concern places that nobody has named yet. */
export function parkedBehind(parked: ParkedStream, arrived: readonly BookedFact[]): ParkedStream {
  // Nobody could tell the place before: the one that is named now need not be the only one.
  const places = parked.places.length === 0 ? parked.places : union(parked.places, placesNamedIn(arrived));
  return { ...parked, places, facts: [...parked.facts, ...parkedFacts(arrived)] };
}

/** The places in facts that could not be decoded, as far as they can be made out. */
function placesNamedIn(facts: readonly BookedFact[]): UnitId[] {
  const named = facts.flatMap(({ recorded }) => [recorded.data['place'], recorded.data['to']]);
  return named.filter(
    (value): value is UnitId => typeof value === 'string' && splitUnitId(value) !== undefined,
  );
}

const union = (a: readonly UnitId[], b: readonly UnitId[]): readonly UnitId[] =>
  [...new Set([...a, ...b])].sort();

export const parkedFacts = (facts: readonly BookedFact[]): ParkedStream['facts'] =>
  facts.map(({ recorded, recordedOn }) => ({ position: recorded.position, recordedOn }));
