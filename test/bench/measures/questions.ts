import { addDays, dayBefore, parseDay } from '@ledger/kernel';
import type { PlainDate } from '@ledger/kernel';
import { standardOn } from '@ledger/standards';
import { Dice } from '../country/dice';
import type { Places } from '../country/places';

export const LEVELS = ['commune', 'province', 'country', 'district'] as const;
export type Level = (typeof LEVELS)[number];
export const KNOWLEDGE = ['latest', 'known'] as const;
export type Knowledge = (typeof KNOWLEDGE)[number];

/** A rate that is asked for: of a unit on a day, as it is known now or as it was known on an earlier day. */
export interface Question {
  readonly unit: string;
  readonly on: PlainDate;
  readonly knownOn?: PlainDate;
  /** The one that applies on the day. */
  readonly standard: string;
}

/** The first day for which every commune has declared a total, and the last day of the history. */
const FIRST = parseDay('2016-03-01');
const LAST = parseDay('2025-12-31');
const DAYS = 3_590;
/** The longest time that lies between a day and the day on which it is asked how it was known. */
const UNTIL_KNOWN = 500;

/** Days, units and days of knowledge at random, no two alike in one list but by chance. */
export function questionsFor(
  { communes, districts, provinces }: Places,
  level: Level,
  knowledge: Knowledge,
  count: number,
  seed: number,
): Question[] {
  const dice = new Dice().seed(seed, 8, LEVELS.indexOf(level), KNOWLEDGE.indexOf(knowledge));
  return Array.from({ length: count }, () => {
    const on = addDays(FIRST, dice.between(0, DAYS - 7));
    const later = addDays(on, dice.between(0, UNTIL_KNOWN));
    const known = later <= LAST ? later : dayBefore(LAST);
    const list = { commune: communes, district: districts, province: provinces, country: [] }[level];
    const unit = list.length === 0 ? 'VN' : (list[dice.between(0, list.length - 1)]?.code ?? 'VN');
    const standard = standardOn(on).id;
    return { unit, on, ...(knowledge === 'known' && { knownOn: known < on ? on : known }), standard };
  });
}
