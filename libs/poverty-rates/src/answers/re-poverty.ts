import type { Notice, PlainDate, UnitId } from '@ledger/kernel';
import { addYears, earlierOf, rateInPercent } from '@ledger/kernel';
import type { Standard } from '@ledger/standards';
import { standardOn } from '@ledger/standards';
import type { Column } from '../ledger/columns';
import type { HouseholdEvent } from '../read-store';
import { breaksBetween } from './breaks';
import type { FlowsQuestion } from './flows';
import type { Knowledge } from './knowledge';
import type { UnitAnswer } from './unit-answer';
import { unitAnswer } from './unit-answer';

/** A share of households with what it is a share of: there are several "re-poverty rates" in official use. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number | null;
  readonly rate: number | null;
  readonly definition: Notice;
}

export interface RePovertyAnswer extends UnitAnswer {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly withinYears: number;
  readonly ofAllHouseholds: Share;
  readonly ofEscaped: Share;
  readonly cohort: Share;
}

export interface RePovertyQuestion extends FlowsQuestion {
  /** The day by whose end the cohort must have been poor again. */
  readonly on: PlainDate;
  readonly withinYears: number;
}

const ESCAPES: readonly Column[] = ['poor.escapedToNearPoor', 'poor.escapedAbove'];

/**
 * Re-poverty counts distinct households, so it is never summed from parts. A cohort belongs to the unit in
 * which the escape happened and follows the household wherever it went (rule 13 of the ledger). An escape
 * counts "ever, under any standard": no text read limits how far back it may lie.
 */
export async function rePovertyOf(
  knowledge: Knowledge,
  question: RePovertyQuestion,
): Promise<RePovertyAnswer> {
  const { unit, from, to, on, group, withinYears } = question;
  const standard = question.standard ?? standardOn(to);
  const rePoor = householdsOf(await eventsIn(knowledge, question, standard, ['poor.rePoor']));
  const escapes = await eventsIn(knowledge, question, standard, ESCAPES);
  const escaped = householdsOf(escapes);
  const again = await poorAgain(knowledge, escapes, on, withinYears);
  const asOf = earlierOf(to, standard.appliesTo);
  const { total, notices } = (await knowledge.denominators()).on(unit, group, asOf);
  const answer = await unitAnswer(knowledge, unit, to, standard, group);
  return {
    ...answer,
    on,
    breaks: await breaksBetween(knowledge, unit, group, from, to),
    warnings: [...answer.warnings, ...notices],
    from,
    to,
    withinYears,
    ofAllHouseholds: share(rePoor.size, total?.count ?? null, 're-poverty.of-all-households', { from, to }),
    ofEscaped: share(rePoor.size, escaped.size, 're-poverty.of-escaped', { from, to }),
    cohort: share(again.size, escaped.size, 're-poverty.cohort', { from, to, withinYears, on }),
  };
}

/** Who did what in the unit, each day by the land that the unit had on that day. */
async function eventsIn(
  knowledge: Knowledge,
  { unit, from, to, group }: RePovertyQuestion,
  standard: Standard,
  columns: readonly Column[],
): Promise<readonly HouseholdEvent[]> {
  const events = await knowledge.models.events({
    places: knowledge.tree.placesEverIn(unit),
    standard: standard.id,
    group,
    columns,
    effectiveFrom: from,
    effectiveTo: earlierOf(to, standard.appliesTo),
    ...(knowledge.knownOn !== undefined && { knownOn: knowledge.knownOn }),
  });
  return events.filter(({ place, effectiveOn }) => inUnit(knowledge, unit, place, effectiveOn));
}

const inUnit = (knowledge: Knowledge, unit: UnitId, place: UnitId, on: PlainDate): boolean =>
  knowledge.tree.unitsOfPlace(place, on).includes(unit);

/** Those of the escaped who were poor again after one of these escapes, in time. */
async function poorAgain(
  knowledge: Knowledge,
  escapes: readonly HouseholdEvent[],
  on: PlainDate,
  withinYears: number,
): Promise<ReadonlySet<string>> {
  const entries = Map.groupBy(
    await knowledge.models.poorAgain([...householdsOf(escapes)], on, knowledge.knownOn),
    ({ household }) => household,
  );
  const inTime = (escape: HouseholdEvent): boolean => {
    const deadline = addYears(escape.effectiveOn, withinYears);
    const own = entries.get(escape.household) ?? [];
    return own.some(({ effectiveOn }) => effectiveOn > escape.effectiveOn && effectiveOn <= deadline);
  };
  return householdsOf(escapes.filter(inTime));
}

const householdsOf = (events: readonly HouseholdEvent[]): ReadonlySet<string> =>
  new Set(events.map(({ household }) => household));

function share(
  numerator: number,
  denominator: number | null,
  code: string,
  facts: Readonly<Record<string, string | number>>,
): Share {
  return { numerator, denominator, rate: rateInPercent(numerator, denominator), definition: { code, facts } };
}
