import { apportion } from './apportion';
import { A_LUOI_FIGURES } from './data/a-luoi.figures';
import { A_LUOI_COMMUNES } from './data/a-luoi.units';
import type { DemoCommune } from './data/units';
import { Dice } from './dice';
import type { MinorityShares } from './groups';

/** Invented: the town and the communes of settlers from the plains, where few are of a minority. */
const MINORITY_SHARES: Readonly<Record<string, number>> = {
  20044: 0.42,
  20071: 0.3,
  20074: 0.36,
  20080: 0.22,
};
const ELSEWHERE = 0.95;

export interface ALuoiCommune {
  readonly commune: DemoCommune;
  readonly households: number;
  readonly minorities: MinorityShares;
  /** Under VN-2022 at the review of 2021. */
  readonly poor: number;
  readonly nearPoor: number;
}

/** The district's figures, commune by commune: where more are of a minority, more are poor. */
export function aLuoiCommunes(): ALuoiCommune[] {
  const drawn = A_LUOI_COMMUNES.map((commune) => {
    const dice = new Dice(`share ${commune.code}`);
    const minority = MINORITY_SHARES[commune.code] ?? ELSEWHERE;
    const size = dice.between(80, 120) * (commune.areaType === 'urban' ? 1.8 : 1);
    return { commune, minority, size, hardship: (0.25 + minority * 0.75) * (dice.between(92, 108) / 100) };
  });
  const { households, opening } = A_LUOI_FIGURES;
  const hard = drawn.map(({ size, hardship }) => size * hardship);
  const totals = apportion(
    households,
    drawn.map(({ size }) => size),
  );
  const poor = apportion(opening.poor, hard);
  const nearPoor = apportion(opening.nearPoor, hard);
  return drawn.map(({ commune, minority }, index) => ({
    commune,
    households: totals[index] ?? 0,
    minorities: { minority, local: 0 },
    poor: poor[index] ?? 0,
    nearPoor: nearPoor[index] ?? 0,
  }));
}
