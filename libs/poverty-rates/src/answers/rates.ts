import type { TotalHouseholds } from '@ledger/areas';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { earlierOf, rateInPercent } from '@ledger/kernel';
import type { Standard } from '@ledger/standards';
import { standardOn } from '@ledger/standards';
import type { Amount } from '../ledger/movement';
import { plus } from '../ledger/movement';
import type { Completeness } from './completeness';
import { completenessOf } from './completeness';
import type { Knowledge } from './knowledge';
import type { UnitAnswer } from './unit-answer';
import { unitAnswer } from './unit-answer';

export interface Count {
  /** `null` where nothing is classified: unknown is not 0. */
  readonly households: number | null;
  readonly persons: number | null;
  /** Per cent of all resident households, two decimals; `null` where count or total is unknown. */
  readonly rate: number | null;
}

export interface RatesAnswer extends UnitAnswer {
  readonly totalHouseholds: TotalHouseholds | null;
  readonly poor: Count;
  readonly nearPoor: Count;
  /** Poor and near-poor together, the sense of the ministry's decisions. */
  readonly multidimensionallyPoor: Count;
  readonly completeness: Completeness & {
    /** Communes of which nothing is known under this standard: the sums are without them. */
    readonly unclassifiedCommunes: number;
  };
}

export interface RatesQuestion {
  readonly unit: UnitId;
  readonly on: PlainDate;
  readonly standard?: Standard;
  readonly group: string;
}

/**
 * Poor and near-poor households of a unit at the end of a day, over its resident households of the last
 * declaration. Each rate is computed from counts: rates never add (form 1; QĐ 71/QĐ-LĐTBXH for the sum).
 */
export async function ratesOf(knowledge: Knowledge, question: RatesQuestion): Promise<RatesAnswer> {
  const { unit, on, group } = question;
  const standard = question.standard ?? standardOn(on);
  const asOf = earlierOf(on, standard.appliesTo);
  const { total, notices } = (await knowledge.denominators()).on(unit, group, asOf);
  const { communes, classified } = (await knowledge.classified()).of(unit, standard.id, asOf);
  const stock = classified === 0 ? undefined : await knowledge.stock(unit, standard.id, group, asOf);
  const answer = await unitAnswer(knowledge, unit, on, standard, group);
  return {
    ...answer,
    totalHouseholds: total,
    poor: countOf(stock?.poor, total),
    nearPoor: countOf(stock?.['near-poor'], total),
    multidimensionallyPoor: countOf(stock && plus(stock.poor, stock['near-poor']), total),
    completeness: {
      ...(await completenessOf(knowledge, unit, standard, group, asOf)),
      unclassifiedCommunes: communes - classified,
    },
    warnings: [...answer.warnings, ...notices],
  };
}

function countOf(amount: Amount | undefined, total: TotalHouseholds | null): Count {
  if (!amount) return { households: null, persons: null, rate: null };
  const { households, persons } = amount;
  return { households, persons, rate: rateInPercent(households, total?.count ?? null) };
}
