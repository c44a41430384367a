import type { FactView, FlowsAnswer, RatesAnswer } from '@ledger/poverty-rates';
import type { CsvRow } from '../http/csv';

/** The answers as tables, one row each, for whoever goes on in a spreadsheet. */
export const RATE_COLUMNS = [
  'unit_id',
  'unit_code',
  'unit_name',
  'level',
  'on',
  'known_on',
  'standard',
  'group',
  'total_households',
  'total_on',
  'total_source',
  'total_basis',
  'poor_households',
  'poor_persons',
  'poor_rate',
  'near_poor_households',
  'near_poor_persons',
  'near_poor_rate',
  'multidimensionally_poor_households',
  'multidimensionally_poor_persons',
  'multidimensionally_poor_rate',
  'reviewed',
  'expected',
  'unclassified_communes',
  'warnings',
] as const;

export function rateRow(answer: RatesAnswer): CsvRow {
  const { unit, totalHouseholds: total, poor, nearPoor, multidimensionallyPoor: both, completeness } = answer;
  return {
    unit_id: unit.id,
    unit_code: unit.code,
    unit_name: unit.name,
    level: unit.level,
    on: answer.on,
    known_on: answer.knownOn,
    standard: answer.standard,
    group: answer.group,
    total_households: total?.count,
    total_on: total?.on,
    total_source: total?.source,
    total_basis: total?.basis,
    poor_households: poor.households,
    poor_persons: poor.persons,
    poor_rate: poor.rate,
    near_poor_households: nearPoor.households,
    near_poor_persons: nearPoor.persons,
    near_poor_rate: nearPoor.rate,
    multidimensionally_poor_households: both.households,
    multidimensionally_poor_persons: both.persons,
    multidimensionally_poor_rate: both.rate,
    reviewed: completeness.reviewed,
    expected: completeness.expected,
    unclassified_communes: completeness.unclassifiedCommunes,
    warnings: answer.warnings.map(({ code }) => code).join('|'),
  };
}

const FLOW_FIGURES = [
  'opening',
  'escapedToNearPoor',
  'escapedAbove',
  'becamePoor',
  'otherDecrease',
  'becamePoorFromNearPoor',
  'becameNearPoorFromPoor',
  'rePoor',
  'reNearPoor',
  'newlyArising',
  'otherIncrease',
  'opened',
  'boundaryIn',
  'boundaryOut',
  'closing',
] as const;

export const FLOW_COLUMNS = [
  'unit_id',
  'unit_code',
  'unit_name',
  'from',
  'to',
  'known_on',
  'standard',
  'group',
  'list',
  'counted',
  ...FLOW_FIGURES,
];

/** Two rows for each list, households and persons, as the forms have them; a column of the other form is empty. */
export function flowRows(answer: FlowsAnswer): readonly CsvRow[] {
  const { unit, from, to, knownOn, standard, group } = answer;
  const lists = { poor: answer.poor, 'near-poor': answer.nearPoor };
  return Object.entries(lists).flatMap(([list, table]) =>
    (['households', 'persons'] as const).map((counted) => ({
      unit_id: unit.id,
      unit_code: unit.code,
      unit_name: unit.name,
      from,
      to,
      known_on: knownOn,
      standard,
      group,
      list,
      counted,
      ...table[counted],
    })),
  );
}

export const FACT_COLUMNS = [
  'id',
  'type',
  'effective_on',
  'recorded_on',
  'recorded_at',
  'recorded_by',
  'decision_number',
  'decision_date',
  'decision_authority',
  'data',
] as const;

export function factRow({
  id,
  type,
  effectiveOn,
  recordedOn,
  recordedAt,
  recordedBy,
  decision,
  data,
}: FactView): CsvRow {
  const paper = decision as { number: string; date: string; authority: string } | null;
  return {
    id,
    type,
    effective_on: effectiveOn,
    recorded_on: recordedOn,
    recorded_at: recordedAt,
    recorded_by: recordedBy,
    decision_number: paper?.number,
    decision_date: paper?.date,
    decision_authority: paper?.authority,
    data: JSON.stringify(data),
  };
}
