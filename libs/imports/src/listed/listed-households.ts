import type { EventStore } from '@ledger/event-sourcing';
import type { HouseholdFact, HouseholdRequest } from '@ledger/households';
import { householdCodec, householdStream, situationOn, timelineOf } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { ListNotes } from './list-notes';

/**
 * Asks the read models who bears a list number in a place on a day. They must have come to the head that the log
 * had when the import began.
 */
export type FindListed = (place: UnitId, listNumber: string, day: PlainDate) => Promise<readonly string[]>;

/**
 * Who bears a list number, as the log has it now: what the read models knew when the import began, and what the
 * import itself has registered, moved and dissolved since.
 */
export class ListedHouseholds {
  private notes: ListNotes | undefined;
  /** Households that may bear their number no more, or again: their own facts decide. */
  private readonly changed = new Set<string>();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly store: EventStore,
    private readonly findListed: FindListed,
  ) {}

  /** To be told of every order that may change who bears a number, as soon as it is under way. */
  note(id: string, { type }: HouseholdRequest, order: Promise<unknown>): void {
    if (type !== 'RegisterHousehold' && type !== 'MoveHousehold' && type !== 'DissolveHousehold') return;
    // Who is only registered is not doubtful: it is what the notes are for.
    if (type !== 'RegisterHousehold') this.changed.add(id);
    const noted = order.then(
      () => this.noteRegistration(id),
      () => undefined,
    );
    this.underWay.add(noted);
    void noted.then(
      () => this.underWay.delete(noted),
      () => this.underWay.delete(noted),
    );
  }

  async find(place: UnitId, listNumber: string, day: PlainDate): Promise<readonly string[]> {
    await Promise.all(this.underWay);
    const known = await this.findListed(place, listNumber, day);
    const noted = this.notes?.find(place, listNumber) ?? [];
    const doubtful = new Set([...noted, ...known.filter((id) => this.changed.has(id))]);
    const found = known.filter((id) => !doubtful.has(id));
    for (const id of doubtful) if (await this.bears(id, place, listNumber, day)) found.push(id);
    return found.sort();
  }

  close(): void {
    this.notes?.close();
  }

  private async noteRegistration(id: string): Promise<void> {
    const [first] = await this.factsOf(id);
    if (first?.type !== 'HouseholdRegistered' || first.listNumber === undefined) return;
    this.notes ??= new ListNotes();
    this.notes.add(first.place, first.listNumber, id);
  }

  /** A number means something only in the place that gave it: who has moved away bears it no more. */
  private async bears(id: string, place: UnitId, listNumber: string, day: PlainDate): Promise<boolean> {
    const timeline = timelineOf(await this.factsOf(id));
    const { registered } = timeline;
    return (
      registered?.place === place &&
      registered.listNumber === listNumber &&
      situationOn(timeline, day)?.place === place
    );
  }

  private async factsOf(id: string): Promise<HouseholdFact[]> {
    return (await this.store.read(householdStream(id))).map((fact) => householdCodec.decode(fact));
  }
}
