import type { AreaType, Status } from '@ledger/kernel';
import { STATUSES } from '@ledger/kernel';
import { assess, requireStandard } from '@ledger/standards';
import { Dice } from './dice';

/** What a review found, and how the product judges it. */
export interface Sheet {
  readonly incomeScore: number;
  readonly deprivations: readonly number[];
  readonly causes?: readonly number[];
  readonly check: 'consistent' | 'unchecked';
}

export type CountryStandard = 'VN-2016' | 'VN-2022';

/** Points for income that lead to each status, and how many of the indicators belong to them. */
const SHAPES = {
  'VN-2016': {
    indicators: 10,
    rural: { poor: [60, 120], 'near-poor': [125, 150], above: [155, 200] },
    urban: { poor: [80, 140], 'near-poor': [145, 175], above: [180, 230] },
    deprived: { poor: [1, 5], 'near-poor': [0, 2], above: [0, 2] },
  },
  'VN-2022': {
    indicators: 12,
    rural: { poor: [60, 140], 'near-poor': [75, 140], above: [145, 200] },
    urban: { poor: [80, 175], 'near-poor': [95, 175], above: [180, 230] },
    deprived: { poor: [3, 6], 'near-poor': [0, 2], above: [0, 2] },
  },
} as const;

const SHEETS_OF_A_KIND = 256;
const SHEETS = new Map<string, readonly Sheet[]>();
for (const standard of ['VN-2016', 'VN-2022'] as const) {
  for (const areaType of ['rural', 'urban'] as const) {
    for (const outcome of STATUSES) {
      SHEETS.set(keyOf(standard, areaType, outcome), sheetsFor(standard, areaType, outcome));
    }
  }
}

/** One of 256 sheets that lead to an outcome. */
export function sheetOf(standard: CountryStandard, areaType: AreaType, outcome: Status, nth: number): Sheet {
  const sheet = SHEETS.get(keyOf(standard, areaType, outcome))?.[nth % SHEETS_OF_A_KIND];
  if (!sheet) throw new Error(`no sheets for ${outcome} under ${standard}`);
  return sheet;
}

function keyOf(standard: CountryStandard, areaType: AreaType, outcome: Status): string {
  return `${standard} ${areaType} ${outcome}`;
}

function sheetsFor(standard: CountryStandard, areaType: AreaType, outcome: Status): readonly Sheet[] {
  const { indicators, deprived, [areaType]: points } = SHAPES[standard];
  const dice = new Dice().seed(indicators, points.poor[0], STATUSES.indexOf(outcome));
  return Array.from({ length: SHEETS_OF_A_KIND }, () => {
    const [from, to] = points[outcome];
    const [fewest, most] = deprived[outcome];
    const evidence = {
      incomeScore: 5 * dice.between(from / 5, to / 5),
      deprivations: numbersUpTo(dice, indicators, dice.between(fewest, most)),
      ...(outcome !== 'above' && { causes: numbersUpTo(dice, 8, dice.between(1, 3)) }),
    };
    const { check } = assess(requireStandard(standard), { areaType, ...evidence }, outcome);
    if (check === 'contradicted') throw new Error(`${outcome} contradicts its sheet under ${standard}`);
    return { ...evidence, check };
  });
}

function numbersUpTo(dice: Dice, last: number, count: number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(dice.between(1, last));
  return [...chosen].sort((a, b) => a - b);
}
