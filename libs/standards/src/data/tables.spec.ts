import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certainty } from '../provenance';
import type { Band, Limits, Rule, Standard } from '../standard';
import { POINTS_PER_DEPRIVATION } from '../standard';
import { requireStandard, STANDARD_IDS } from '../standards';

/**
 * The tables of `libs/standards/data` are what was gathered from the laws, with the source of each line.
 * Here every cell of them is held against the data that the program runs on.
 */
type Row = Readonly<Record<string, string>>;

function readTable(name: string): readonly Row[] {
  const text = readFileSync(join(__dirname, '../../data', name), 'utf8');
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const [header = [], ...rows] = lines.map(cellsOf);
  return rows.map((cells) => {
    if (cells.length !== header.length)
      throw new Error(`${name}: ${cells.length} cells in ${cells.join('|')}`);
    return Object.fromEntries(header.map((column, index) => [column, cells[index] ?? '']));
  });
}

const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );

const numberOf = (text = ''): number => {
  if (!/^\d{1,3}(,?\d{3})*$/.test(text)) throw new Error(`not a number: ${text}`);
  return Number(text.replaceAll(',', ''));
};

/** What the words of the tables measure; B and B2 are deprivations in points. */
const MEASURES: Readonly<Record<string, readonly [keyof Omit<Band, 'kind'>, unit: number]>> = {
  income: ['income', 1],
  deprivations: ['deprivations', 1],
  A: ['score', 1],
  B1: ['score', 1],
  'A(B1)': ['score', 1],
  B: ['deprivations', POINTS_PER_DEPRIVATION],
  B2: ['deprivations', POINTS_PER_DEPRIVATION],
  'B(B2)': ['deprivations', POINTS_PER_DEPRIVATION],
};
const SIGNS: Readonly<Record<string, keyof Limits>> = {
  '<=': 'atMost',
  '>=': 'atLeast',
  '<': 'below',
  '>': 'over',
};

function condition(text: string): Band {
  const range = /^([\d,]+)-([\d,]+)$/.exec(text);
  // 401,000-520,000 counts in whole thousands: it begins above 400,000.
  if (range) return { income: { over: numberOf(range[1]) - 1_000, atMost: numberOf(range[2]) } };
  const match = /^(?:([\d,]+) < )?(\S+) (<=|>=|<|>) ([\d,]+)$/.exec(text);
  const [measure, unit] = MEASURES[match?.[2] ?? ''] ?? [];
  const sign = SIGNS[match?.[3] ?? ''];
  if (!match || !measure || !unit || !sign) throw new Error(`not understood: ${text}`);
  const from = match[1] === undefined ? {} : { over: numberOf(match[1]) };
  return { [measure]: { ...from, [sign]: numberOf(match[4]) / unit } };
}

/** `income <= 700,000 [N1 ...] OR (700,000 < income <= 1,000,000 AND deprivations >= 3) [N2 ...]` as bands. */
const bandsIn = (text: string): Band[] =>
  text.split(/ OR |, or /).map((alternative) => {
    const kind = /\[(N[12])/.exec(alternative)?.[1];
    const plain = alternative
      .replace(/ ?\[.*?\]/, '')
      .replace(/^\((.*)\)$/, '$1')
      .trim();
    return Object.assign({}, ...plain.split(/ and | AND /).map(condition), kind && { kind }) as Band;
  });

const scoreBandsIn = (text: string, list: string): Band[] =>
  bandsIn(
    text
      .split('; ')
      .find((part) => part.startsWith(`${list}: `))
      ?.slice(list.length + 2) ?? `no rule for ${list} in: ${text}`,
  );

const withoutKind = (rule: Rule): readonly Band[] | undefined =>
  rule.bands?.map(({ kind: _kind, ...band }) => band);

const rows = readTable('standards.csv');
const areaOf = (row: Row) => (row.area?.startsWith('urban') ? 'urban' : 'rural');
const cases = rows.map((row) => [row.standard_id ?? '', areaOf(row), row] as const);
const rulesOf = (row: Row) => requireStandard(row.standard_id ?? '').areas[areaOf(row)];
/** The cell above, where a cell says "same". */
const resolved = (row: Row, column: string): string =>
  row[column] === 'same'
    ? (rows.find((other) => other.standard_id === row.standard_id)?.[column] ?? '')
    : (row[column]?.replace(/^same \(/, `${sourceOfRural(row)} (`) ?? '');
const sourceOfRural = (row: Row) =>
  sourceOf(rows.find((other) => other.standard_id === row.standard_id) ?? {});
const sourceOf = (row: Row) => (row.source ?? '').split(' (applies_')[0];

describe('the table of standards', () => {
  it('has two lines, rural and urban, for each standard that there is', () => {
    expect(cases.map(([id, area]) => `${id} ${area}`)).toEqual(
      STANDARD_IDS.flatMap((id) => [`${id} rural`, `${id} urban`]),
    );
  });

  it.each(cases)('%s %s: days and legal basis', (id, _area, row) => {
    const standard = requireStandard(id);
    const { issuedOn, inForceOn, openingFrom, openingTo, appliesFrom, appliesTo } = standard;
    expect([issuedOn, inForceOn, openingFrom, openingTo, appliesFrom, appliesTo]).toEqual(
      ['issued_on', 'in_force_on', 'opening_from', 'opening_to', 'applies_from', 'applies_to'].map(
        (day) => row[day],
      ),
    );
    const basis = resolved(row, 'legal_basis');
    if (areaOf(row) === 'rural') expect(standard.legalBasis).toBe(basis);
    else expect(standard.legalBasis.startsWith(basis)).toBe(true);
  });

  it.each(cases)('%s %s: income rules', (_id, _area, row) => {
    const { poor, nearPoor, averageLiving } = rulesOf(row).income;
    expect(poor.bands).toEqual(bandsIn(row.poor_rule ?? ''));
    expect(nearPoor.bands).toEqual(bandsIn(row.near_poor_rule ?? ''));
    const absent = ['', 'not found'].includes(row.average_living_rule ?? '');
    expect(averageLiving.bands).toEqual(absent ? undefined : bandsIn(row.average_living_rule ?? ''));
    expect(averageLiving.certainty === 'unknown').toBe(absent);
  });

  it.each(cases)('%s %s: score rules', (_id, _area, row) => {
    const { poor, nearPoor } = rulesOf(row).score;
    const text = row.score_rule ?? '';
    if (text === 'not found') {
      expect([poor.certainty, nearPoor.certainty]).toEqual(['unknown', 'unknown']);
      expect([poor.note, nearPoor.note]).toEqual([text, text]);
    } else if (text.startsWith('none')) {
      expect([poor.bands, nearPoor.bands]).toEqual([[], []]);
      expect([poor.note, nearPoor.note]).toEqual([text, text]);
    } else {
      expect(withoutKind(poor)).toEqual(scoreBandsIn(text, 'poor'));
      expect(nearPoor.bands).toEqual(scoreBandsIn(text, 'near-poor'));
    }
  });

  it.each(cases)('%s %s: sources and what was verified', (_id, _area, row) => {
    const { income, score } = rulesOf(row);
    const source = row.source?.startsWith('same') ? sourceOfRural(row) : sourceOf(row);
    const rules: readonly Rule[] = [
      ...Object.values<Rule>({ ...income }),
      ...Object.values<Rule>({ ...score }),
    ];
    for (const rule of rules) expect(rule.source).toBe(source);
    for (const rule of [income.poor, income.nearPoor]) expect(rule.note).toBe(row.verified);
    const mark = row.verified ?? '';
    expect(mark).toMatch(/^V\b/);
    expect(income.poor.certainty).toBe('verified');
    expect(income.nearPoor.certainty).toBe(
      mark.includes('M for near-poor band') ? 'from-memory' : 'verified',
    );
    if (mark.includes('average-living band M')) expect(income.averageLiving.certainty).toBe('from-memory');
    if (mark.includes('average-living band consistent'))
      expect(income.averageLiving.certainty).toBe('partly-verified');
  });

  it('marks the N1 and N2 of the score rules as those of the income rules', () => {
    for (const row of rows) {
      const { income, score } = rulesOf(row);
      if (score.poor.bands?.length) {
        expect(score.poor.bands.map((band) => band.kind)).toEqual(
          income.poor.bands?.map((band) => band.kind),
        );
      }
    }
  });
});

/** The marks of the table of indicators: of the list, of the threshold. */
const INDICATOR_MARKS: Readonly<Record<string, readonly [list: Certainty, threshold: Certainty]>> = {
  M: ['verified', 'from-memory'],
  V: ['verified', 'verified'],
  'V (draft-2025 text repeats it)': ['verified', 'verified'],
  'V (age bound M)': ['verified', 'partly-verified'],
  'V partly': ['verified', 'partly-verified'],
  'V list (final), threshold draft': ['verified', 'draft'],
  draft: ['draft', 'draft'],
};

describe('the table of indicators', () => {
  const table = readTable('indicators.csv');
  const numbersOf = (standard: Standard) =>
    standard.indicators.map((indicator) => [standard.id, String(indicator.number)]);

  it('has a line for each indicator that there is, and no other', () => {
    expect(table.map((row) => [row.standard_id, row.no_in_form])).toEqual(
      STANDARD_IDS.flatMap((id) => numbersOf(requireStandard(id))),
    );
  });

  it.each(table.map((row) => [row.standard_id ?? '', row.no_in_form ?? '', row] as const))(
    '%s %s',
    (id, no, row) => {
      const indicator = requireStandard(id).indicators[Number(no) - 1];
      const found = row.deprived_when?.startsWith('not retrieved') ? undefined : row.deprived_when;
      const [list, threshold] = INDICATOR_MARKS[row.verified ?? ''] ?? [];
      expect(indicator).toMatchObject({
        dimensionVi: row.dimension_vi,
        vi: row.indicator_vi,
        en: row.indicator_en,
        listed: { certainty: list },
        deprivedWhen: { certainty: found === undefined ? 'unknown' : threshold },
      });
      expect(indicator?.deprivedWhen.text).toBe(found);
      if (found === undefined) expect(indicator?.deprivedWhen.note).toBe(row.deprived_when);
    },
  );
});
