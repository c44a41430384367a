import { apportion } from './apportion';
import type { DemoYear, DistrictFigures } from './data/dak-nong.plan';
import type { DemoCommune } from './data/units';
import { Dice } from './dice';
import type { Listed, SmallFlows } from './flows';

/** How a district's figures spread over its communes. */
export interface CommuneShare {
  readonly commune: DemoCommune;
  /** Resident households, as a weight. */
  readonly size: number;
  /** How much poorer than the average of the district. */
  readonly hardship: number;
}

export function sharesOf(communes: readonly DemoCommune[]): CommuneShare[] {
  return communes.map((commune) => {
    const dice = new Dice(`share ${commune.code}`);
    const urban = commune.areaType === 'urban';
    return {
      commune,
      size: dice.between(70, 130) * (urban ? 1.5 : 1),
      hardship: (dice.between(70, 130) / 100) * (urban ? 0.5 : 1),
    };
  });
}

/** A district's resident households, commune by commune. */
export const householdsOf = (
  figures: DistrictFigures,
  shares: readonly CommuneShare[],
  year: DemoYear,
): number[] =>
  apportion(
    figures.households[year],
    shares.map(({ size }) => size),
  );

/** The listed at the end of a year, commune by commune: no commune goes exactly the way of its district. */
export function listedOf(
  figures: DistrictFigures,
  shares: readonly CommuneShare[],
  year: DemoYear,
): Listed[] {
  const weights = shares.map(({ commune, size, hardship }) => {
    const dice = new Dice(`listed ${commune.code} ${year}`);
    return size * hardship * (dice.between(93, 107) / 100);
  });
  const poor = apportion(figures.poor[year], weights);
  const nearPoor = apportion(figures.nearPoor[year], weights);
  return shares.map((_share, index) => ({ poor: poor[index] ?? 0, nearPoor: nearPoor[index] ?? 0 }));
}

/** In a hundred of the year's opening poor or near-poor; at least one in every district. */
const POOR_PER_CENT = { poorGone: 0.7, rePoor: 1.1, newPoor: 3 } as const;
const NEAR_POOR_PER_CENT = {
  becamePoor: 2.5,
  nearPoorGone: 0.5,
  nearPoorEscaped: 22,
  reNearPoor: 1.5,
  newNearPoor: 6,
} as const;

/** The small movements of a district's year, commune by commune. */
export function smallFlowsOf(openings: readonly Listed[]): SmallFlows[] {
  const split = (of: keyof Listed, perCent: number): number[] => {
    const weights = openings.map((opening) => opening[of]);
    const base = weights.reduce((a, b) => a + b, 0);
    return apportion(Math.max(2, Math.round((base * perCent) / 100)), weights);
  };
  const poor = mapValues(POOR_PER_CENT, (perCent) => split('poor', perCent));
  const nearPoor = mapValues(NEAR_POOR_PER_CENT, (perCent) => split('nearPoor', perCent));
  return openings.map((_opening, index) => ({
    ...mapValues(poor, (parts) => parts[index] ?? 0),
    ...mapValues(nearPoor, (parts) => parts[index] ?? 0),
  }));
}

function mapValues<Key extends string, In, Out>(
  record: Readonly<Record<Key, In>>,
  to: (value: In) => Out,
): Record<Key, Out> {
  return Object.fromEntries(Object.entries<In>(record).map(([key, value]) => [key, to(value)])) as Record<
    Key,
    Out
  >;
}
