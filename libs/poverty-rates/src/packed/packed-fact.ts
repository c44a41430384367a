import type { BareFact } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { dayOfNumber } from '@ledger/kernel';
import type { Known } from '../read-store';

/**
 * A fact of a household in five numbers: its recorded day, its effective day, what it says, its place, its
 * village; 0 where it names no place or village. What facts say apart from these is one of few different
 * texts, however many households there are.
 */
export const NUMBERS_OF_A_FACT = 5;
export const FACT_AT = { recordedOn: 0, effectiveOn: 1, says: 2, place: 3, village: 4 } as const;

/** A fact without its days, place and village. */
export type Saying = Record<string, unknown>;

export interface FactParts {
  /** JSON of the saying. */
  readonly says: string;
  readonly place: UnitId | undefined;
  readonly village: string | undefined;
}

export function partsOf(fact: BareFact): FactParts {
  const { effectiveOn: _day, place, to, village, ...says } = fact as BareFact & Placed;
  // The status of an escape is called `to` as well.
  const isPlace = fact.type !== 'EscapeRecognised';
  return {
    says: JSON.stringify(isPlace ? says : { ...says, to }),
    place: isPlace ? (place ?? to) : undefined,
    village,
  };
}

/** The fact again; with `says` parsed, as it is the same for many. */
export function factWith(
  says: Saying,
  effectiveOn: number,
  place: string | undefined,
  village: string | undefined,
): BareFact {
  const fact: Saying = { ...says, effectiveOn: dayOfNumber(effectiveOn) };
  if (place !== undefined) fact[says['type'] === 'HouseholdMoved' ? 'to' : 'place'] = place;
  if (village !== undefined) fact['village'] = village;
  return fact as unknown as BareFact;
}

/** What the numbers of packed facts stand for. */
export interface FactNumbers {
  readonly sayingOf: (number: number) => Saying;
  readonly nameOf: (number: number) => string;
}

/** Packed facts again, one after the other. */
export function factsIn(packed: Int32Array, { sayingOf, nameOf }: FactNumbers): readonly Known<BareFact>[] {
  const nameAt = (at: number): string | undefined => (packed[at] ? nameOf(packed[at]) : undefined);
  const facts: Known<BareFact>[] = [];
  for (let at = 0; at < packed.length; at += NUMBERS_OF_A_FACT) {
    const fact = factWith(
      sayingOf(packed[at + FACT_AT.says] as number),
      packed[at + FACT_AT.effectiveOn] as number,
      nameAt(at + FACT_AT.place),
      nameAt(at + FACT_AT.village),
    );
    facts.push({ fact, recordedOn: dayOfNumber(packed[at + FACT_AT.recordedOn] as number) });
  }
  return facts;
}

interface Placed {
  readonly effectiveOn: PlainDate;
  readonly place?: UnitId;
  readonly to?: UnitId;
  readonly village?: string;
}
