import type { RecordedFact } from '@ledger/event-sourcing';
import type { BareFact, PassageKind, Situation, Spell, Timeline } from '@ledger/households';
import { householdStream, situationOn, spellsOf, timelineOf } from '@ledger/households';
import type { PlainDate, Status, UnitId } from '@ledger/kernel';
import { notKnown, Problem } from '@ledger/kernel';
import type { HouseholdDocument, Known } from '../read-store';
import type { Knowledge } from './knowledge';
import type { About, Answer } from './unit-answer';
import { answerAbout } from './unit-answer';
import type { UnitView } from './unit-view';
import { unitView } from './unit-view';

/** What every answer about one household carries. */
export interface HouseholdAnswer extends Answer {
  readonly householdId: string;
  /** Where it lives on the day; `null` where it is dissolved or not yet registered. */
  readonly unit: UnitView | null;
}

export interface HouseholdDetailsAnswer extends HouseholdAnswer {
  /** The number of its last fact: its ETag. */
  readonly revision: number;
  readonly registeredOn: PlainDate;
  readonly dissolvedOn: PlainDate | null;
  readonly village: string | null;
  readonly members: number | null;
  readonly groups: readonly string[];
  readonly listNumber: string | null;
  readonly statuses: Readonly<Record<string, Status>>;
}

export interface SpellView {
  readonly standard: string;
  readonly status: Status;
  readonly from: PlainDate;
  readonly to: PlainDate | null;
  readonly unit: UnitId;
  readonly enteredBy: PassageKind | 'otherIncrease';
  readonly leftBy: PassageKind | null;
  readonly factIds: readonly string[];
}

export interface TimelineAnswer extends HouseholdAnswer {
  readonly spells: readonly SpellView[];
}

export interface FactView {
  readonly id: string;
  readonly type: string;
  readonly effectiveOn: PlainDate;
  readonly recordedAt: string;
  /** The day on which it became known: of an old book, the day that the book gives. */
  readonly recordedOn: PlainDate;
  readonly recordedBy: string;
  readonly decision: unknown;
  /** Empty where the log can no longer tell what it says. */
  readonly data: unknown;
}

export interface FactsAnswer extends HouseholdAnswer {
  readonly facts: readonly FactView[];
}

/** A household as known then, and as its facts effective by a day make it. */
export class HouseholdRecord {
  readonly timeline: Timeline<BareFact>;
  readonly situation: Situation | null;

  constructor(
    readonly document: HouseholdDocument,
    /** Those of the document's facts that were known then, in order of arrival: the first ones. */
    readonly known: readonly Known<BareFact>[],
    on: PlainDate,
  ) {
    this.timeline = timelineOf(this.facts.filter(({ effectiveOn }) => effectiveOn <= on));
    this.situation = situationOn(this.timeline, on);
  }

  /** How many facts known then lie outside the household's life: they count nothing (rule 6 of the ledger). */
  get outside(): number {
    return timelineOf(this.facts).outside.length;
  }

  /** Its number on the list of the place in which it lives; a place that it has left numbers it no more. */
  get listNumber(): string | null {
    const { listed } = this.document;
    return listed && listed.place === this.situation?.place ? listed.number : null;
  }

  spells(): readonly Spell<BareFact>[] {
    return spellsOf(this.timeline);
  }

  private get facts(): readonly BareFact[] {
    return this.known.map(({ fact }) => fact);
  }
}

/** @throws Problem `household.unknown`, or `household.unknown-on-that-day` where only later knowledge has it */
export async function householdRecord(
  knowledge: Knowledge,
  id: string,
  on: PlainDate,
): Promise<HouseholdRecord> {
  const document = await knowledge.models.household(id);
  if (!document) {
    // A household of which not even the registration can be read is there, and cannot be told about.
    if (await isParked(knowledge, id)) {
      throw new Problem('unavailable', [{ code: 'answer.household-parked', field: 'householdId', got: id }]);
    }
    throw notKnown({ code: 'household.unknown', field: 'householdId', got: id });
  }
  const record = recordOf(knowledge, document, on);
  if (record) return record;
  const facts = { knownOn: knowledge.knownOn ?? '' };
  throw notKnown({ code: 'household.unknown-on-that-day', field: 'householdId', got: id, facts });
}

async function isParked(knowledge: Knowledge, id: string): Promise<boolean> {
  return (await knowledge.parked()).some(({ stream }) => stream === householdStream(id));
}

/** `undefined` where nothing of the household was known then. */
export function recordOf(
  knowledge: Knowledge,
  document: HouseholdDocument,
  on: PlainDate,
): HouseholdRecord | undefined {
  const known = document.facts.filter((fact) => knowledge.knows(fact));
  return known.length === 0 ? undefined : new HouseholdRecord(document, known, on);
}

export async function householdDetails(
  knowledge: Knowledge,
  id: string,
  about: About,
): Promise<HouseholdDetailsAnswer> {
  const record = await householdRecord(knowledge, id, about.on);
  const { timeline, situation, known } = record;
  return {
    ...(await householdAnswer(knowledge, record, about)),
    revision: known.length - 1,
    registeredOn: (known[0] as Known<BareFact>).fact.effectiveOn,
    dissolvedOn: timeline.dissolvedOn ?? null,
    village: situation?.village ?? null,
    members: situation?.members ?? null,
    groups: situation?.groups ?? [],
    listNumber: record.listNumber,
    statuses: situation?.statuses ?? {},
  };
}

export async function householdTimeline(
  knowledge: Knowledge,
  id: string,
  about: About,
  /** Only the spells under this standard. */
  underStandard: string | undefined,
): Promise<TimelineAnswer> {
  const record = await householdRecord(knowledge, id, about.on);
  const asked = record
    .spells()
    .filter(({ standard }) => underStandard === undefined || standard === underStandard);
  const ids = await factIds(knowledge, record);
  const spells = asked.map(({ place, facts, ...spell }): SpellView => ({
    ...spell,
    unit: place,
    factIds: facts.map((fact) => ids.get(fact) as string),
  }));
  return { ...(await householdAnswer(knowledge, record, about)), spells };
}

async function factIds(
  knowledge: Knowledge,
  { document, known }: HouseholdRecord,
): Promise<ReadonlyMap<BareFact, string>> {
  const recorded = await knowledge.recordedFacts(document);
  return new Map(known.map(({ fact }, index) => [fact, (recorded[index] as RecordedFact).id]));
}

/** Every fact known then, in order of arrival, whatever day it takes effect on: the paper trail. */
export async function householdFacts(knowledge: Knowledge, id: string, about: About): Promise<FactsAnswer> {
  const record = await householdRecord(knowledge, id, about.on);
  const recorded = await knowledge.recordedFacts(record.document);
  return {
    ...(await householdAnswer(knowledge, record, about)),
    facts: record.known.map((known, index) => factView(recorded[index] as RecordedFact, known)),
  };
}

/** Its day is told from what was booked: a fact of which the log has been damaged since still has one. */
function factView(
  { id, type, recordedAt, metadata, data }: RecordedFact,
  { fact, recordedOn }: Known<BareFact>,
): FactView {
  const { effectiveOn } = fact;
  const { recordedBy } = metadata;
  const decision = data['decision'] ?? null;
  return { id, type, effectiveOn, recordedAt, recordedOn, recordedBy, decision, data };
}

async function householdAnswer(
  knowledge: Knowledge,
  { document, situation, outside }: HouseholdRecord,
  about: About,
): Promise<HouseholdAnswer> {
  const answer = answerAbout(knowledge, about);
  const parked = await isParked(knowledge, document.id);
  return {
    householdId: document.id,
    unit: situation && unitView(knowledge, situation.place, about.on),
    ...answer,
    warnings: [
      ...answer.warnings,
      ...(outside > 0 ? [{ code: 'household.facts-outside-life', facts: { count: outside } }] : []),
      ...(parked ? [{ code: 'answer.household-parked' }] : []),
    ],
  };
}
