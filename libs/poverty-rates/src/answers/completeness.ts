import type { PlainDate, UnitId } from '@ledger/kernel';
import type { Standard } from '@ledger/standards';
import { campaignOf, eveOf, standardOfEve } from '../ledger/campaign';
import { NOTHING } from '../ledger/movement';
import type { Knowledge } from './knowledge';

/** How far the yearly review behind an answer has come. */
export interface Completeness {
  /** Of the expected, those with a decision on their status since the campaign began. */
  readonly reviewed: number;
  /** Households poor or near-poor on the eve of the campaign, less those dissolved since. */
  readonly expected: number;
}

/** Rule 16 of the ledger: counted in the unit of the eve. */
export async function completenessOf(
  knowledge: Knowledge,
  unit: UnitId,
  standard: Standard,
  group: string,
  on: PlainDate,
): Promise<Completeness> {
  const listedUnder = standardOfEve(standard, on);
  if (!listedUnder) return { reviewed: 0, expected: 0 };
  const eve = await knowledge.stock(unit, listedUnder.id, group, eveOf(on));
  const since = await knowledge.columns(unit, standard.id, group, { from: campaignOf(on), to: on });
  const dissolved = since.get('campaign.dissolved') ?? NOTHING;
  const reviewed = since.get('campaign.reviewed') ?? NOTHING;
  return {
    reviewed: reviewed.households,
    expected: eve.poor.households + eve['near-poor'].households - dissolved.households,
  };
}
