import type { AreaType, Status } from '@ledger/kernel';
import { STATUSES, textOf } from '@ledger/kernel';
import { assess, unknownIndicators } from './classify';
import type { Evidence } from './possible';
import { possibleStatuses } from './possible';
import type { ListRules, Rule, Standard } from './standard';
import { requireStandard } from './standards';
import { standardsTexts } from './texts';

const ENOUGH = [1, 2, 3];
const TOO_FEW = [1, 2];

const open = (id: string, evidence: Evidence) => possibleStatuses(requireStandard(id), evidence);
const judge = (id: string, evidence: Evidence, outcome: Status) =>
  assess(requireStandard(id), evidence, outcome);
const codes = (id: string, evidence: Evidence, outcome: Status) =>
  judge(id, evidence, outcome).notices.map((notice) => notice.code);

describe('rules that are easily got wrong', () => {
  it('low income alone is enough under VN-2016 and not under VN-2022', () => {
    const destitute: Evidence = { areaType: 'rural', incomePerCapita: 100_000, deprivations: [] };
    expect(open('VN-2016', destitute)).toEqual(['poor']);
    expect(open('VN-2022', destitute)).toEqual(['near-poor']);
    expect(judge('VN-2022', destitute, 'poor')).toMatchObject({
      check: 'contradicted',
      possible: ['near-poor'],
    });
  });

  it('many deprivations alone make nobody poor', () => {
    const deprived: Evidence = {
      areaType: 'rural',
      incomePerCapita: 9_000_000,
      deprivations: [1, 2, 3, 4, 5, 6],
    };
    expect(open('VN-2016', deprived)).toEqual(['above']);
    expect(open('VN-2022', deprived)).toEqual(['above']);
  });

  it('140 points are the poverty line of the towns in one standard and of the countryside in the other', () => {
    const at = (areaType: AreaType, incomeScore: number) => ({ areaType, incomeScore, deprivations: [] });
    expect(open('VN-2016', at('urban', 140))).toEqual(['poor']);
    expect(open('VN-2016', at('rural', 140))).toEqual(['near-poor']);
    expect(open('VN-2022', at('rural', 140))).toEqual(['near-poor']);
    expect(open('VN-2022', at('rural', 141))).toEqual(['above']);
    expect(open('VN-2022', at('urban', 141))).toEqual(['near-poor']);
  });

  it('the number of deprivations counts, not their numbers, their order or a repetition', () => {
    const poor = (deprivations: number[]) =>
      open('VN-2022', { areaType: 'rural', incomeScore: 100, deprivations });
    expect(poor([12, 11, 10])).toEqual(['poor']);
    expect(poor([12, 12, 12])).toEqual(['near-poor']);
    expect(poor([1, 2, 13])).toEqual(['near-poor']);
  });
});

describe('score and income', () => {
  const disputed: Evidence = {
    areaType: 'rural',
    incomeScore: 130,
    incomePerCapita: 1_600_000,
    deprivations: ENOUGH,
  };

  it('the score rules, and a difference is told with both results', () => {
    const assessment = judge('VN-2022', disputed, 'poor');
    expect(assessment.check).toBe('consistent');
    expect(assessment.notices).toEqual([
      {
        code: 'classification.score-and-income-differ',
        facts: expect.objectContaining({
          score: 130,
          income: '1,600,000',
          byScore: 'poor',
          byIncome: 'above near-poor',
        }),
      },
    ]);
    expect(judge('VN-2022', disputed, 'above')).toMatchObject({ check: 'contradicted', possible: ['poor'] });
  });

  it('nothing is told where both lead to the same', () => {
    expect(codes('VN-2022', { ...disputed, incomePerCapita: 900_000 }, 'poor')).toEqual([]);
  });

  it('the income decides where the standard has no score rule or none that is known', () => {
    const points = { areaType: 'rural', incomeScore: 999, deprivations: ENOUGH } as const;
    expect(judge('VN-2027', { ...points, incomePerCapita: 2_000_000 }, 'poor')).toEqual({
      check: 'consistent',
      notices: [],
    });
    expect(open('VN-2011', { ...points, incomePerCapita: 300_000 })).toEqual(['poor']);
  });
});

describe('missing evidence', () => {
  it('leaves everything open where there is none, and says so', () => {
    for (const id of ['VN-2011', 'VN-2016', 'VN-2022', 'VN-2027']) {
      for (const outcome of STATUSES) {
        expect(open(id, { areaType: 'urban' })).toEqual(STATUSES);
        expect(judge(id, { areaType: 'urban' }, outcome).check).toBe('unchecked');
        expect(codes(id, { areaType: 'urban' }, outcome)).toEqual(['classification.unchecked']);
      }
    }
  });

  it('is unchecked by points whose rule is not known or does not exist', () => {
    expect(
      judge('VN-2027', { areaType: 'rural', incomeScore: 10, deprivations: ENOUGH }, 'poor'),
    ).toMatchObject({
      check: 'unchecked',
    });
    expect(judge('VN-2011', { areaType: 'rural', incomeScore: 10 }, 'poor').check).toBe('unchecked');
  });

  it('still excludes what no missing part could make true', () => {
    expect(open('VN-2022', { areaType: 'rural', deprivations: TOO_FEW })).toEqual(['near-poor', 'above']);
    expect(open('VN-2022', { areaType: 'rural', deprivations: ENOUGH })).toEqual(['poor', 'above']);
    expect(open('VN-2022', { areaType: 'rural', incomeScore: 140 })).toEqual(['poor', 'near-poor']);
    expect(open('VN-2016', { areaType: 'rural', incomeScore: 120 })).toEqual(['poor']);
    expect(open('VN-2022', { areaType: 'rural', incomePerCapita: 1_500_001 })).toEqual(['above']);
    expect(judge('VN-2022', { areaType: 'rural', deprivations: TOO_FEW }, 'poor').check).toBe('contradicted');
    expect(judge('VN-2022', { areaType: 'rural', deprivations: ENOUGH }, 'near-poor').check).toBe(
      'contradicted',
    );
    expect(judge('VN-2022', { areaType: 'rural', deprivations: TOO_FEW }, 'above').check).toBe('unchecked');
  });
});

describe('a contradiction', () => {
  const ruleAgainst = (id: string, evidence: Evidence, outcome: Status) => {
    const assessment = judge(id, evidence, outcome);
    return assessment.check === 'contradicted' ? [assessment.rule, assessment.ruleVi] : assessment.check;
  };

  it('names the rule with its numbers, by the measure that decided', () => {
    expect(
      ruleAgainst('VN-2022', { areaType: 'rural', incomeScore: 140, deprivations: TOO_FEW }, 'poor'),
    ).toEqual([
      'VN-2022 rural: poor when income score <= 140 and deprivations >= 3',
      'VN-2022 nông thôn: hộ nghèo khi điểm thu nhập <= 140 và số chỉ số thiếu hụt >= 3',
    ]);
    expect(
      ruleAgainst('VN-2016', { areaType: 'urban', incomePerCapita: 900_000, deprivations: [] }, 'near-poor'),
    ).toEqual([
      'VN-2016 urban: poor when income <= 900,000, or income > 900,000 and <= 1,300,000 and deprivations >= 3',
      'VN-2016 thành thị: hộ nghèo khi thu nhập <= 900.000, hoặc thu nhập > 900.000 và <= 1.300.000 và số chỉ số thiếu hụt >= 3',
    ]);
  });

  it('names the line nearest to what the evidence says', () => {
    const rule = (incomeScore: number, deprivations: number[] | undefined, outcome: Status) =>
      ruleAgainst(
        'VN-2022',
        { areaType: 'urban', incomeScore, ...(deprivations && { deprivations }) },
        outcome,
      )[0];
    expect(rule(100, TOO_FEW, 'above')).toBe(
      'VN-2022 urban: near-poor when income score <= 175 and deprivations < 3',
    );
    expect(rule(100, ENOUGH, 'above')).toBe(
      'VN-2022 urban: poor when income score <= 175 and deprivations >= 3',
    );
    expect(rule(100, undefined, 'above')).toBe(
      'VN-2022 urban: near-poor when income score <= 175 and deprivations < 3',
    );
    expect(rule(200, ENOUGH, 'near-poor')).toBe(
      'VN-2022 urban: near-poor when income score <= 175 and deprivations < 3',
    );
  });

  it('needs a verified line: the near-poor band of VN-2011 is from memory and refuses nobody', () => {
    const earning = (incomePerCapita: number): Evidence => ({ areaType: 'rural', incomePerCapita });
    const doubtful = ['classification.contradicts-unverified-rule'];
    expect(judge('VN-2011', earning(450_000), 'above').check).toBe('unchecked');
    expect(codes('VN-2011', earning(450_000), 'above')).toEqual(doubtful);
    expect(judge('VN-2011', earning(600_000), 'near-poor').check).toBe('unchecked');
    expect(codes('VN-2011', earning(600_000), 'near-poor')).toEqual(doubtful);
  });

  it('stands where the poor line of VN-2011, which is verified, lies between', () => {
    expect(ruleAgainst('VN-2011', { areaType: 'rural', incomePerCapita: 450_000 }, 'poor')[0]).toBe(
      'VN-2011 rural: poor when income <= 400,000',
    );
    for (const outcome of ['near-poor', 'above'] as const) {
      expect(ruleAgainst('VN-2011', { areaType: 'urban', incomePerCapita: 500_000 }, outcome)[0]).toBe(
        'VN-2011 urban: poor when income <= 500,000',
      );
    }
    expect(judge('VN-2011', { areaType: 'rural', incomePerCapita: 600_000 }, 'poor').check).toBe(
      'contradicted',
    );
  });
});

describe('a standard whose rules are known in part', () => {
  const unknown: Rule = { certainty: 'unknown', source: 'not found' };
  const poor = (certainty: 'verified' | 'draft'): Rule => {
    const bands = [{ income: { atMost: 700_000 } }];
    return { certainty, source: 'a decree', bands };
  };
  const nearPoor: Rule = {
    certainty: 'verified',
    source: 'a decree',
    bands: [{ income: { over: 700_000, atMost: 1_000_000 }, deprivations: { below: 3 } }],
  };
  const partly = (rules: ListRules): Standard => {
    const whole = requireStandard('VN-2016');
    const income = { ...rules, averageLiving: unknown };
    const score = { poor: unknown, nearPoor: unknown };
    return { ...whole, areas: { ...whole.areas, rural: { income, score } } };
  };
  const earning = (incomePerCapita: number, deprivations = TOO_FEW): Evidence => ({
    areaType: 'rural',
    incomePerCapita,
    deprivations,
  });

  it('leaves open what the near-poor rule might say', () => {
    const half = partly({ poor: poor('verified'), nearPoor: unknown });
    expect(possibleStatuses(half, earning(700_000))).toEqual(['poor']);
    expect(possibleStatuses(half, earning(700_001))).toEqual(['near-poor', 'above']);
    expect(assess(half, earning(700_001), 'poor').check).toBe('contradicted');
    expect(assess(half, earning(700_001), 'above').check).toBe('unchecked');
  });

  it('leaves open what the poor rule might say', () => {
    const half = partly({ poor: unknown, nearPoor });
    expect(possibleStatuses(half, earning(700_000))).toEqual(['poor', 'above']);
    expect(possibleStatuses(half, earning(700_001))).toEqual(['near-poor']);
    expect(possibleStatuses(half, earning(700_001, ENOUGH))).toEqual(['poor', 'above']);
  });

  it('leaves everything open where neither is known, whatever the evidence', () => {
    const none = partly({ poor: unknown, nearPoor: unknown });
    expect(possibleStatuses(none, earning(700_000))).toEqual(STATUSES);
    expect(possibleStatuses(none, { areaType: 'rural', incomeScore: 100 })).toEqual(STATUSES);
  });

  it('does not borrow the certainty of one line for another', () => {
    const drafted = partly({ poor: poor('draft'), nearPoor });
    expect(assess(drafted, earning(700_000), 'near-poor').check).toBe('unchecked');
    expect(assess(drafted, earning(700_001), 'poor').check).toBe('unchecked');
    expect(assess(drafted, earning(700_001), 'above').check).toBe('contradicted');
    expect(assess(drafted, earning(700_000), 'above').check).toBe('contradicted');
  });
});

describe('unknown indicators', () => {
  it('are the numbers that the standard does not have', () => {
    expect(unknownIndicators(requireStandard('VN-2016'), [0, 1, 10, 11])).toEqual([0, 11]);
    expect(unknownIndicators(requireStandard('VN-2022'), [1, 12, 13])).toEqual([13]);
    expect(unknownIndicators(requireStandard('VN-2011'), [1])).toEqual([1]);
    expect(unknownIndicators(requireStandard('VN-2011'), [])).toEqual([]);
  });
});

describe('the texts of the notices', () => {
  it.each<[string, Evidence, Status]>([
    ['VN-2016', { areaType: 'rural', incomeScore: 130 }, 'poor'],
    ['VN-2011', { areaType: 'rural', incomePerCapita: 450_000 }, 'above'],
    [
      'VN-2022',
      { areaType: 'rural', incomeScore: 130, incomePerCapita: 1_600_000, deprivations: [] },
      'near-poor',
    ],
  ])('%s %j as %s: every word is filled in', (id, evidence, outcome) => {
    const { notices } = judge(id, evidence, outcome);
    expect(notices).toHaveLength(1);
    for (const notice of notices) {
      expect(textOf(standardsTexts, notice, 'en')).not.toMatch(/\?|\{|[À-ỹ]/);
      expect(textOf(standardsTexts, notice, 'vi')).not.toMatch(/\?|\{|poor|above/);
    }
  });
});
