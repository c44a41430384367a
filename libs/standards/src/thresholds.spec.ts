import type { AreaType, Status } from '@ledger/kernel';
import { assess } from './classify';
import { possibleStatuses } from './possible';
import { requireStandard } from './standards';

const ENOUGH = [1, 2, 3];
const TOO_FEW = [1, 2];

type Case = readonly [id: string, areaType: AreaType, amount: number, deprivations: number[], status: Status];

describe('by income, the threshold itself is inside', () => {
  it.each<Case>([
    ['VN-2011', 'rural', 400_000, [], 'poor'],
    ['VN-2011', 'rural', 400_001, [], 'near-poor'],
    ['VN-2011', 'rural', 520_000, [], 'near-poor'],
    ['VN-2011', 'rural', 520_001, [], 'above'],
    ['VN-2011', 'urban', 500_000, [], 'poor'],
    ['VN-2011', 'urban', 500_001, [], 'near-poor'],
    ['VN-2011', 'urban', 650_000, [], 'near-poor'],
    ['VN-2011', 'urban', 650_001, [], 'above'],
    ['VN-2016', 'rural', 700_000, [], 'poor'],
    ['VN-2016', 'rural', 700_001, TOO_FEW, 'near-poor'],
    ['VN-2016', 'rural', 700_001, ENOUGH, 'poor'],
    ['VN-2016', 'rural', 1_000_000, TOO_FEW, 'near-poor'],
    ['VN-2016', 'rural', 1_000_000, ENOUGH, 'poor'],
    ['VN-2016', 'rural', 1_000_001, ENOUGH, 'above'],
    ['VN-2016', 'urban', 900_000, [], 'poor'],
    ['VN-2016', 'urban', 900_001, TOO_FEW, 'near-poor'],
    ['VN-2016', 'urban', 900_001, ENOUGH, 'poor'],
    ['VN-2016', 'urban', 1_300_000, TOO_FEW, 'near-poor'],
    ['VN-2016', 'urban', 1_300_000, ENOUGH, 'poor'],
    ['VN-2016', 'urban', 1_300_001, ENOUGH, 'above'],
    ['VN-2022', 'rural', 1_500_000, ENOUGH, 'poor'],
    ['VN-2022', 'rural', 1_500_000, TOO_FEW, 'near-poor'],
    ['VN-2022', 'rural', 1_500_001, ENOUGH, 'above'],
    ['VN-2022', 'urban', 2_000_000, ENOUGH, 'poor'],
    ['VN-2022', 'urban', 2_000_000, TOO_FEW, 'near-poor'],
    ['VN-2022', 'urban', 2_000_001, ENOUGH, 'above'],
    ['VN-2027', 'rural', 2_200_000, ENOUGH, 'poor'],
    ['VN-2027', 'rural', 2_200_000, TOO_FEW, 'near-poor'],
    ['VN-2027', 'rural', 2_200_001, ENOUGH, 'above'],
    ['VN-2027', 'urban', 2_800_000, ENOUGH, 'poor'],
    ['VN-2027', 'urban', 2_800_000, TOO_FEW, 'near-poor'],
    ['VN-2027', 'urban', 2_800_001, ENOUGH, 'above'],
  ])('%s %s: %d VND and %j is %s', (id, areaType, incomePerCapita, deprivations, status) => {
    expect(possibleStatuses(requireStandard(id), { areaType, incomePerCapita, deprivations })).toEqual([
      status,
    ]);
    expect(assess(requireStandard(id), { areaType, incomePerCapita, deprivations }, status)).toEqual({
      check: 'consistent',
      notices: [],
    });
  });
});

describe('by score, the threshold itself is inside', () => {
  it.each<Case>([
    ['VN-2016', 'rural', 120, [], 'poor'],
    ['VN-2016', 'rural', 121, TOO_FEW, 'near-poor'],
    ['VN-2016', 'rural', 121, ENOUGH, 'poor'],
    ['VN-2016', 'rural', 150, TOO_FEW, 'near-poor'],
    ['VN-2016', 'rural', 150, ENOUGH, 'poor'],
    ['VN-2016', 'rural', 151, ENOUGH, 'above'],
    ['VN-2016', 'urban', 140, [], 'poor'],
    ['VN-2016', 'urban', 141, TOO_FEW, 'near-poor'],
    ['VN-2016', 'urban', 141, ENOUGH, 'poor'],
    ['VN-2016', 'urban', 175, TOO_FEW, 'near-poor'],
    ['VN-2016', 'urban', 175, ENOUGH, 'poor'],
    ['VN-2016', 'urban', 176, ENOUGH, 'above'],
    ['VN-2022', 'rural', 140, ENOUGH, 'poor'],
    ['VN-2022', 'rural', 140, TOO_FEW, 'near-poor'],
    ['VN-2022', 'rural', 141, ENOUGH, 'above'],
    ['VN-2022', 'urban', 175, ENOUGH, 'poor'],
    ['VN-2022', 'urban', 175, TOO_FEW, 'near-poor'],
    ['VN-2022', 'urban', 176, ENOUGH, 'above'],
  ])('%s %s: %d points and %j is %s', (id, areaType, incomeScore, deprivations, status) => {
    expect(possibleStatuses(requireStandard(id), { areaType, incomeScore, deprivations })).toEqual([status]);
    expect(assess(requireStandard(id), { areaType, incomeScore, deprivations }, status).check).toBe(
      'consistent',
    );
  });
});
