import type { EventStore, Position, RecordedFact } from '@ledger/event-sourcing';
import { StoreUnavailable } from '@ledger/event-sourcing';
import type { HouseholdFact, HouseholdRegistered } from '@ledger/households';
import { bareOf, householdCodec, householdStream } from '@ledger/households';
import type { PlainDate } from '@ledger/kernel';
import { numberOfDay } from '@ledger/kernel';
import { Numbers } from '../packed/numbers';
import { partsOf } from '../packed/packed-fact';
import { Words } from '../packed/words';
import type { BookedFact } from '../projection/known-order';
import { inKnownOrder } from '../projection/known-order';

/** A fact of a household in a part: its stream, what it says, its place and its village are words. */
export const PART_AT = {
  ...{ stream: 0, revision: 1, recordedOn: 2, effectiveOn: 3 },
  ...{ says: 4, place: 5, village: 6 },
} as const;
export const NUMBERS_IN_A_PART = 7;
/** A page is garbage before it is old. */
const PAGE_FACTS = 128;
const HOUSEHOLD_PREFIX = householdStream('');

/** A stretch of the log in numbers: every fact of it, in order, those of households packed. */
export interface LogPart {
  /** The words of one reader go on from part to part. */
  readonly reader: number;
  readonly words: readonly string[];
  /** Facts of households. One that cannot be read, or does not begin its stream as it should, says 0. */
  readonly facts: Int32Array<ArrayBuffer>;
  /** What registrations say beside their facts: stream and list number, two words each. */
  readonly listed: Int32Array<ArrayBuffer>;
  /** All other facts. */
  readonly others: readonly BookedFact[];
  /** How many facts there were. */
  readonly count: number;
  /** The latest recorded day up to here; days count from the part's own beginning. */
  readonly lastDay: PlainDate | null;
  readonly position: Position;
}

export interface LogRange {
  readonly after: Position;
  readonly upTo: Position;
  /** The part ends after the page in which so many facts are reached; absent: only at `upTo`. */
  readonly most?: number;
}

/** Reads stretches of a log and packs them. Readers beside each other have words of their own. */
export class LogPartReader {
  private readonly words = new Words();
  private readonly facts = new Numbers();
  private readonly listed = new Numbers(64);

  constructor(
    private readonly store: EventStore,
    private readonly reader: number,
  ) {}

  /** @throws StoreUnavailable where the log ends before the range does: the connection was lost */
  async read({ after, upTo, most = Infinity }: LogRange, signal: AbortSignal): Promise<LogPart> {
    const others: BookedFact[] = [];
    let known = { position: after, lastDay: null as PlainDate | null };
    let count = 0;
    for await (const page of this.store.follow({ after, maxFacts: Math.min(PAGE_FACTS, most), signal })) {
      // What lies behind is for somebody else.
      const facts = page.facts.filter(({ position }) => position <= upTo);
      const { booked, lastDay } = inKnownOrder(facts, known);
      for (const fact of booked) {
        if (fact.recorded.stream.startsWith(HOUSEHOLD_PREFIX)) this.pack(fact);
        else others.push(fact);
      }
      count += facts.length;
      known = { position: page.position < upTo ? page.position : upTo, lastDay };
      if (page.position >= upTo || count >= most) break;
    }
    signal.throwIfAborted();
    if (known.position < upTo && count < most)
      throw new StoreUnavailable(`reading the log ended at ${known.position || 'its beginning'}`);
    return { reader: this.reader, ...this.taken(), others, count, ...known };
  }

  private pack({ recorded, recordedOn }: BookedFact): void {
    const { stream, revision } = recorded;
    const fact = tryDecode(recorded);
    const number = this.words.numberOf(stream);
    if (!fact || (revision === 0 && !registers(fact, stream))) {
      this.facts.push(number, revision, numberOfDay(recordedOn), 0, 0, 0, 0);
      return;
    }
    if (revision === 0 && fact.type === 'HouseholdRegistered' && fact.listNumber !== undefined)
      this.listed.push(number, this.words.numberOf(fact.listNumber));
    const { says, place, village } = partsOf(bareOf(fact));
    this.facts.push(
      number,
      revision,
      numberOfDay(recordedOn),
      numberOfDay(fact.effectiveOn),
      this.words.numberOf(says),
      this.numberOf(place),
      this.numberOf(village),
    );
  }

  private numberOf(word: string | undefined): number {
    return word === undefined ? 0 : this.words.numberOf(word);
  }

  private taken(): Pick<LogPart, 'words' | 'facts' | 'listed'> {
    const taken = {
      words: this.words.takeFresh(),
      facts: this.facts.copy(),
      listed: this.listed.copy(),
    };
    this.facts.clear();
    this.listed.clear();
    return taken;
  }
}

const registers = (fact: HouseholdFact, stream: string): fact is HouseholdRegistered =>
  fact.type === 'HouseholdRegistered' && householdStream(fact.householdId) === stream;

function tryDecode(recorded: RecordedFact): HouseholdFact | undefined {
  try {
    return householdCodec.decode(recorded);
  } catch {
    return undefined;
  }
}
