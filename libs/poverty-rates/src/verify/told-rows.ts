import { canonicalJson } from '@ledger/kernel';
import type { Booking } from '../ledger/booking';
import type { JournalEntry } from '../ledger/movement';
import type { FirstClassification, HouseholdDocument, Known, ParkedStream } from '../read-store';
import type { Told } from './difference';
import { amountInWords } from './difference';

/** Rows of the read models, in words that say which row it is and what it says. */
export const toldMovement = (entry: JournalEntry): Told => {
  const { household, standard, column, group, effectiveOn, recordedOn, counterpart } = entry;
  const end = counterpart === null ? '' : ` (other end ${counterpart})`;
  return {
    what: `${household}, ${standard} ${column} (${group}) on ${effectiveOn}, recorded ${recordedOn}${end}`,
    says: amountInWords(entry),
  };
};

export const toldBalance = (booking: Booking): Told => {
  const { standard, column, group, effectiveOn } = booking;
  return { what: `${standard} ${column} (${group}) on ${effectiveOn}`, says: amountInWords(booking) };
};

/** A timeline is folded from the facts, so the same facts are the same timeline. */
export const toldHousehold = ({ id, facts, listed }: HouseholdDocument): Told => ({
  what: id,
  says: `${facts.length} facts ${canonicalJson(facts)}, listed as ${listed ? `${listed.number} in ${listed.place}` : 'nothing'}`,
});

export const toldFact = ({ fact, recordedOn }: Known<unknown>, index: number): Told => ({
  what: `number ${index + 1}`,
  says: `recorded ${recordedOn}: ${canonicalJson(fact)}`,
});

export const toldClassification = ({ place, standard, recordedOn, on }: FirstClassification): Told => ({
  what: `${place} under ${standard}, as known from ${recordedOn}`,
  says: on ?? 'none',
});

export const toldParked = ({ stream, reason, places, facts }: ParkedStream): Told => ({
  what: stream,
  says: `parked with ${facts.length} facts from ${facts[0]?.position ?? '?'} at ${places.join(' ') || 'every place'}: ${reason}`,
});
