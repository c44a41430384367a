import type { Decision } from '@ledger/households';
import type { PlainDate } from '@ledger/kernel';
import { dayOfYear } from './calendar';
import type { DemoUnit } from './data/units';

/** A commune signs at most two decisions on one day, each of which lists many households. */
export type Paper = 'recognises-the-listed' | 'recognises-changes';

/** The number runs with the days of the year, so that no two decisions of a commune and year share one. */
export function decisionOf(commune: DemoUnit, date: PlainDate, paper: Paper): Decision {
  const running = 2 * dayOfYear(date) + (paper === 'recognises-the-listed' ? 0 : 1);
  return { number: `${running}/QĐ-UBND`, date, authority: authorityOf(commune) };
}

const authorityOf = ({ name }: DemoUnit): string => `UBND ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
