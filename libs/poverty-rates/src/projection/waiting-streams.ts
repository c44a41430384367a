import { totalsStream } from '@ledger/areas';
import type { RecordedFact } from '@ledger/event-sourcing';
import { householdStream } from '@ledger/households';
import type { UnitId } from '@ledger/kernel';
import { splitUnitId } from '@ledger/kernel';
import type { Known, ParkedStream } from '../read-store';
import { parkedBehind, parkedFacts } from './households.projection';
import type { BookedFact } from './known-order';
import { reasonOf } from './reason';

const HOUSEHOLD_PREFIX = householdStream('');
export const TOTALS_PREFIX = totalsStream('' as UnitId);

/** What one batch does to the streams that wait: a fact that cannot be booked keeps those behind it waiting. */
export class WaitingStreams {
  private readonly waiting: Map<string, ParkedStream>;
  private readonly changed = new Map<string, ParkedStream>();

  constructor(
    parked: readonly ParkedStream[],
    private readonly retried: readonly string[],
  ) {
    this.waiting = new Map(
      parked.filter(({ stream }) => !retried.includes(stream)).map((one) => [one.stream, one]),
    );
  }

  /** Lets what arrived wait behind what waits in its stream already; false where nothing does. */
  waits(stream: string, arrived: readonly BookedFact[]): boolean {
    const parked = this.waiting.get(stream);
    if (parked) this.park(waitingBehind(parked, arrived));
    return parked !== undefined;
  }

  park(parked: ParkedStream): void {
    this.waiting.set(parked.stream, parked);
    this.changed.set(parked.stream, parked);
  }

  /** Facts that need no folding: up to the first that does not decode. */
  decode<Fact>(
    stream: string,
    arrived: readonly BookedFact[],
    decode: (fact: RecordedFact) => Fact,
  ): Known<Fact>[] {
    if (arrived.length === 0 || this.waits(stream, arrived)) return [];
    const known: Known<Fact>[] = [];
    for (const [index, { recorded, recordedOn }] of arrived.entries()) {
      try {
        known.push({ fact: decode(recorded), recordedOn });
      } catch (error) {
        this.park({
          stream,
          reason: reasonOf(error),
          places: placesOfStream(stream),
          facts: parkedFacts(arrived.slice(index)),
        });
        break;
      }
    }
    return known;
  }

  get parked(): readonly ParkedStream[] {
    return [...this.changed.values()];
  }

  get unparked(): readonly string[] {
    return this.retried.filter((stream) => !this.changed.has(stream));
  }
}

/** Whatever arrives in a stream that is no household's, the stream says which places it concerns. */
const waitingBehind = (parked: ParkedStream, arrived: readonly BookedFact[]): ParkedStream =>
  parked.stream.startsWith(HOUSEHOLD_PREFIX)
    ? parkedBehind(parked, arrived)
    : { ...parked, facts: [...parked.facts, ...parkedFacts(arrived)] };

/** A totals stream concerns its unit; a parked registry concerns every place. */
function placesOfStream(stream: string): readonly UnitId[] {
  const unit = stream.slice(TOTALS_PREFIX.length);
  return stream.startsWith(TOTALS_PREFIX) && splitUnitId(unit) ? [unit as UnitId] : [];
}
