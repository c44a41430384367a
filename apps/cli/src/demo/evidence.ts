import type { AreaType, Status } from '@ledger/kernel';
import type { Dice } from './dice';

export interface DemoEvidence {
  readonly incomeScore: number;
  readonly deprivations: readonly number[];
  readonly causes?: readonly number[];
  readonly override?: { readonly reason: string };
}

export type DemoStandard = 'VN-2016' | 'VN-2022';

type Range = readonly [from: number, to: number];

/** Points for income that lead to a status, in fives, and the deprived indicators that belong to them. */
interface Sheet {
  readonly indicators: number;
  readonly points: Record<AreaType, Record<Status, Range>>;
  readonly deprived: Record<Status, Range>;
}

/** TT 07/2021/TT-BLĐTBXH for VN-2022, TT 14/2018/TT-BLĐTBXH Art. 1.5 for VN-2016. */
const SHEETS: Record<DemoStandard, Sheet> = {
  'VN-2016': {
    indicators: 10,
    points: {
      rural: { poor: [60, 120], 'near-poor': [125, 150], above: [155, 200] },
      urban: { poor: [80, 140], 'near-poor': [145, 175], above: [180, 230] },
    },
    deprived: { poor: [1, 5], 'near-poor': [0, 2], above: [0, 2] },
  },
  'VN-2022': {
    indicators: 12,
    points: {
      rural: { poor: [60, 140], 'near-poor': [75, 140], above: [145, 200] },
      urban: { poor: [80, 175], 'near-poor': [95, 175], above: [180, 230] },
    },
    deprived: { poor: [3, 6], 'near-poor': [0, 2], above: [0, 2] },
  },
};

const OVERRIDE_REASONS = ['serious-illness', 'crop-loss', 'house-destroyed'];

/** What a review found of a household whose outcome is known: the rules agree with it, but for a few. */
export function evidenceFor(
  dice: Dice,
  standard: DemoStandard,
  areaType: AreaType,
  outcome: Status,
): DemoEvidence {
  const { indicators, points, deprived } = SHEETS[standard];
  const [from, to] = points[areaType][outcome];
  const incomeScore = 5 * dice.between(from / 5, to / 5);
  const causes = outcome === 'above' ? {} : { causes: numbersUpTo(dice, 8, dice.between(1, 3)) };
  if (standard === 'VN-2022' && outcome === 'poor' && dice.chance(1 / 800)) {
    const override = { reason: dice.pick(OVERRIDE_REASONS) };
    return { incomeScore, deprivations: numbersUpTo(dice, indicators, 2), ...causes, override };
  }
  return {
    incomeScore,
    deprivations: numbersUpTo(dice, indicators, dice.between(...deprived[outcome])),
    ...causes,
  };
}

/** So many different numbers from 1 to `last`, in order. */
function numbersUpTo(dice: Dice, last: number, count: number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(dice.between(1, last));
  return [...chosen].sort((a, b) => a - b);
}
