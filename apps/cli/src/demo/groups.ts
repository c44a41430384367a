import type { DemoCommune } from './data/units';
import { Dice } from './dice';

/** Which share of a commune's resident households is of an ethnic minority, and of a local one. */
export interface MinorityShares {
  readonly minority: number;
  readonly local: number;
}

/** Invented: the communes scatter around their district, towns hold fewer. */
export function minoritySharesOf(
  commune: DemoCommune,
  district: { readonly minorityPerCent: number; readonly localMinorityPerCent: number },
): MinorityShares {
  const dice = new Dice(`minorities ${commune.code}`);
  const scatter = (dice.between(80, 120) / 100) * (commune.areaType === 'urban' ? 0.7 : 1.05);
  return {
    minority: Math.min(0.95, (district.minorityPerCent / 100) * scatter),
    local: Math.min(0.9, (district.localMinorityPerCent / 100) * scatter),
  };
}

/** The groups of one listed household: minorities are more often poor than others. */
export function groupsFor(dice: Dice, { minority, local }: MinorityShares): readonly string[] {
  const ofMinority = dice.chance(Math.min(0.9, minority * 1.6));
  const ofLocal = ofMinority && dice.chance((local / minority) * 1.1);
  return [
    ...(ofLocal ? ['local-ethnic-minority'] : ofMinority ? ['ethnic-minority'] : []),
    ...(dice.chance(0.02) ? ['merit'] : []),
    ...(dice.chance(0.07) ? ['no-labour'] : []),
    ...(dice.chance(0.09) ? ['social-protection'] : []),
  ];
}
