import type { UnitTree } from '@ledger/areas';
import type { BareFact, HouseholdFact } from '@ledger/households';
import { bareOf, householdCodec, householdStream } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { splitUnitId } from '@ledger/kernel';
import type { JournalEntry } from '../ledger/movement';
import type { HouseholdDocument, Known, ParkedStream } from '../read-store';
import { bookedBy } from './household-journal';
import type { BookedFact } from './known-order';
import { reasonOf } from './reason';

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
  const household = new FoldedHousehold(stream, tree, earlier);
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
  private id: string | undefined;
  private listed: HouseholdDocument['listed'] = null;
  private facts: readonly Known<BareFact>[] = [];

  constructor(
    private readonly stream: string,
    private readonly tree: UnitTree,
    earlier: HouseholdDocument | undefined,
  ) {
    if (!earlier) return;
    this.id = earlier.id;
    this.listed = earlier.listed;
    this.facts = earlier.facts;
  }

  tryBook(arrived: readonly BookedFact[]): Booked {
    try {
      const recordedOn = arrived[0]?.recordedOn as PlainDate;
      const facts = arrived.map(({ recorded }) => householdCodec.decode(recorded));
      const { id, listed } = this.registrationIn(facts);
      facts.flatMap(placesOf).forEach((place) => this.requirePlace(place));
      const known = [...this.facts, ...facts.map((fact) => ({ fact: bareOf(fact), recordedOn }))];
      const entries = bookedBy(this.facts, known).map((line) => ({ ...line, household: id, recordedOn }));
      this.id = id;
      this.listed = listed;
      this.facts = known;
      return { booked: true, entries };
    } catch (error) {
      return { booked: false, reason: reasonOf(error) };
    }
  }

  get document(): HouseholdDocument | undefined {
    const { id, facts, listed } = this;
    return id === undefined ? undefined : { id, facts, listed };
  }

  get places(): readonly UnitId[] {
    return [...new Set(this.facts.flatMap(({ fact }) => placesOf(fact)))];
  }

  private registrationIn(facts: readonly HouseholdFact[]): Pick<HouseholdDocument, 'id' | 'listed'> {
    if (this.id !== undefined) return { id: this.id, listed: this.listed };
    const [first] = facts;
    if (first?.type !== 'HouseholdRegistered') throw new Error('the first fact is not a registration');
    const { householdId: id, place, listNumber } = first;
    if (householdStream(id) !== this.stream) throw new Error(`the registration names ${id}`);
    return { id, listed: listNumber === undefined ? null : { place, number: listNumber } };
  }

  private requirePlace(place: UnitId): void {
    if (!this.tree.find(place)) throw new Error(`no unit ${place} is known`);
  }
}

export function placesOf(fact: BareFact): UnitId[] {
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
  const first = rest.slice(0, 1);
  const known = first.some(mayNameAnyPlace) ? [] : union(household.places, placesNamedIn(first));
  return parkedBehind({ stream, reason, places: known, facts: parkedFacts(first) }, rest.slice(1));
}

/** What waits behind a parked fact: it may concern places that nobody has named yet. */
export function parkedBehind(parked: ParkedStream, arrived: readonly BookedFact[]): ParkedStream {
  // Where nobody can tell the place, one that is named later need not be the only one.
  const everywhere = parked.places.length === 0 || arrived.some(mayNameAnyPlace);
  const places = everywhere ? [] : union(parked.places, placesNamedIn(arrived));
  return { ...parked, places, facts: [...parked.facts, ...parkedFacts(arrived)] };
}

/** These say nothing about a place: a flipped bit makes none of them of a move or of a registration. */
const WITHOUT_A_PLACE: ReadonlySet<string> = new Set<HouseholdFact['type']>([
  'ReviewRecorded',
  'EscapeRecognised',
  'ReimpoverishmentFlagged',
  'HouseholdDetailsChanged',
  'HouseholdDissolved',
]);

/** A fact whose bytes cannot be read, and which may have said where the household went. */
const mayNameAnyPlace = ({ recorded: { undecodable, type } }: BookedFact): boolean =>
  undecodable !== undefined && !WITHOUT_A_PLACE.has(type);

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
