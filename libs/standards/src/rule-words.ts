import type { AreaType, Language, Status } from '@ledger/kernel';
import type { Band, Limits, Measure, Rule, Standard } from './standard';

type Words = Readonly<
  Record<AreaType | Measure | Status | 'when' | 'deprivations' | 'and' | 'or' | 'unknown', string>
>;

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    rural: 'rural',
    urban: 'urban',
    income: 'income',
    score: 'income score',
    poor: 'poor',
    'near-poor': 'near-poor',
    above: 'above near-poor',
    when: 'when',
    deprivations: 'deprivations',
    and: 'and',
    or: 'or',
    unknown: '(rule not known)',
  },
  vi: {
    rural: 'nông thôn',
    urban: 'thành thị',
    income: 'thu nhập',
    score: 'điểm thu nhập',
    poor: 'hộ nghèo',
    'near-poor': 'hộ cận nghèo',
    above: 'trên chuẩn cận nghèo',
    when: 'khi',
    deprivations: 'số chỉ số thiếu hụt',
    and: 'và',
    or: 'hoặc',
    unknown: '(chưa rõ quy định)',
  },
};

/** The bounds in the order in which one says them. */
const SIGNS: readonly (readonly [keyof Limits, string])[] = [
  ['over', '>'],
  ['atLeast', '>='],
  ['atMost', '<='],
  ['below', '<'],
];

/** A rule with its numbers: `VN-2022 rural: poor when income score <= 140 and deprivations >= 3`. */
export function ruleInWords(
  standard: Standard,
  area: AreaType,
  measure: Measure,
  list: Exclude<Status, 'above'>,
  language: Language,
): string {
  const words = WORDS[language];
  const rules = standard.areas[area][measure];
  const rule: Rule = list === 'poor' ? rules.poor : rules.nearPoor;
  const bands = (rule.bands ?? []).map((band) => bandInWords(band, measure, language));
  const condition = bands.length === 0 ? words.unknown : `${words.when} ${bands.join(`, ${words.or} `)}`;
  return `${standard.id} ${words[area]}: ${words[list]} ${condition}`;
}

export const statusesInWords = (statuses: readonly Status[], language: Language): string =>
  statuses.map((status) => WORDS[language][status]).join(` ${WORDS[language].or} `);

function bandInWords(band: Band, measure: Measure, language: Language): string {
  const words = WORDS[language];
  const parts = [measure, 'deprivations' as const].flatMap((what) => {
    const limits = limitsInWords(band[what], language);
    return limits === '' ? [] : [`${words[what]} ${limits}`];
  });
  return parts.join(` ${words.and} `);
}

function limitsInWords(limits: Limits | undefined, language: Language): string {
  const signs = SIGNS.flatMap(([bound, sign]) => {
    const value = limits?.[bound];
    return value === undefined ? [] : [`${sign} ${numberInWords(value, language)}`];
  });
  return signs.join(` ${WORDS[language].and} `);
}

/** Thousands are parted by a comma in English and by a point in Vietnamese. */
export const numberInWords = (value: number, language: Language): string =>
  String(value).replace(/\B(?=(\d{3})+$)/g, language === 'vi' ? '.' : ',');
