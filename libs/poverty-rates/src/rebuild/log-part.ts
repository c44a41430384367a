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
  async read(range: LogRange, signal: AbortSignal): Promise<LogPart> {
    for await (const part of this.parts(range, signal)) return part;
    throw new Error('a range has at least one part');
  }

  /**
   * All parts of a range, read in one go: on a server each new reading is a subscription of its own.
   * @throws StoreUnavailable where the log ends before the range does: the connection was lost
   */
  async *parts({ after, upTo, most = Infinity }: LogRange, signal: AbortSignal): AsyncGenerator<LogPart> {
    let part = partAfter(after);
    for await (const page of this.store.follow({ after, maxFacts: Math.min(PAGE_FACTS, most), signal })) {
      // What lies behind is for somebody else.
      const facts = page.facts.filter(({ position }) => position <= upTo);
      const { booked, lastDay } = inKnownOrder(facts, part);
      for (const fact of booked) {
        if (fact.recorded.stream.startsWith(HOUSEHOLD_PREFIX)) this.pack(fact);
        else part.others.push(fact);
      }
      part.count += facts.length;
      part.position = page.position < upTo ? page.position : upTo;
      part.lastDay = lastDay;
      if (page.position < upTo && part.count < most) continue;
      yield { reader: this.reader, ...this.taken(), ...part };
      if (page.position >= upTo) return;
      part = partAfter(part.position);
    }
    signal.throwIfAborted();
    throw new StoreUnavailable(`reading the log ended at ${part.position || 'its beginning'}`);
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

const partAfter = (position: Position) => ({
  others: [] as BookedFact[],
  count: 0,
  position,
  lastDay: null as PlainDate | null,
});

const registers = (fact: HouseholdFact, stream: string): fact is HouseholdRegistered =>
  fact.type === 'HouseholdRegistered' && householdStream(fact.householdId) === stream;

function tryDecode(recorded: RecordedFact): HouseholdFact | undefined {
  try {
    return householdCodec.decode(recorded);
  } catch {
    return undefined;
  }
}
