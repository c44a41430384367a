import type { RecordedFact } from '@ledger/event-sourcing';

/** The day for which everything is asked: all orders of the load have taken effect by then. */
export const ON = '2024-12-31';

const COMMUNES = ['10101', '10102', '10201'] as const;

/** The communes of each unit of the load. */
export const UNITS: Readonly<Record<string, readonly string[]>> = {
  '10': COMMUNES,
  '101': ['10101', '10102'],
  '102': ['10201'],
  ...Object.fromEntries(COMMUNES.map((code) => [code, [code]])),
};

/** What the orders of `householdOrders` record, one fact each, in this order. */
export const STORY = [
  'HouseholdRegistered',
  'ReviewRecorded',
  'EscapeRecognised',
  'HouseholdMoved',
  'ReimpoverishmentFlagged',
  'HouseholdDetailsChanged',
] as const;

export interface HouseholdThen {
  readonly unit: string;
  readonly members: number;
  readonly status: string | undefined;
}

/** Households of the load are numbered: their number decides what their orders say. */
export const idOf = (index: number): string => `load-${index}`;
const numberOf = (id: string): number => Number(/\d+$/.exec(id)?.[0]);

/** The household of the load whose stream it is. */
export const householdIn = (stream: string): string | undefined => /^household-(load-\d+)$/.exec(stream)?.[1];

/** A household of the load on {@link ON}, when so many of its facts are known. */
export function householdAfter(id: string, facts: number): HouseholdThen {
  const index = numberOf(id);
  const unit = COMMUNES[(facts < 4 ? index : index + 1) % 3] as string;
  const members = facts < 4 ? 1 + (index % 6) : 3;
  const escapedTo = index % 2 ? 'near-poor' : 'above';
  const status = facts < 2 ? undefined : facts === 2 || facts >= 5 ? 'poor' : escapedTo;
  return { unit, members, status };
}

/** Both `null` where no household was ever classified: unknown is not 0. */
export interface Amount {
  readonly households: number | null;
  readonly persons: number | null;
}

export interface Figures {
  readonly poor: Amount;
  readonly nearPoor: Amount;
}

const UNKNOWN: Amount = { households: null, persons: null };

/** The communes in which so many facts of a household put it on a list, the poor's or the near-poor's. */
function placesClassifiedBy(id: string, facts: number): readonly string[] {
  const story = Array.from({ length: facts }, (_, index) => householdAfter(id, index + 1));
  return story.filter(({ status }) => status === 'poor' || status === 'near-poor').map(({ unit }) => unit);
}

/** The ledger in thirty lines: takes the facts of the load in the order of the log, and knows what is to be told. */
export class Model {
  private readonly known = new Map<string, number>();

  take({ stream, undecodable }: RecordedFact): void {
    const id = householdIn(stream);
    if (id !== undefined && undecodable === undefined) this.known.set(id, this.factsOf(id) + 1);
  }

  get households(): readonly string[] {
    return [...this.known.keys()];
  }

  factsOf(id: string): number {
    return this.known.get(id) ?? 0;
  }

  figures(unit: string): Figures {
    const figures = { poor: { households: 0, persons: 0 }, nearPoor: { households: 0, persons: 0 } };
    let classified = false;
    for (const [id, facts] of this.known) {
      const isIn = (place: string) => UNITS[unit]?.includes(place) ?? false;
      classified ||= placesClassifiedBy(id, facts).some(isIn);
      const { unit: place, members, status } = householdAfter(id, facts);
      if (!isIn(place)) continue;
      const amount = status === 'poor' ? figures.poor : status === 'near-poor' ? figures.nearPoor : undefined;
      if (!amount) continue;
      amount.households += 1;
      amount.persons += members;
    }
    return classified ? figures : { poor: UNKNOWN, nearPoor: UNKNOWN };
  }
}
