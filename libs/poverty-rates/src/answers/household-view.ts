import type { HouseholdFact, PassageKind, Situation, Timeline } from '@ledger/households';
import { householdStream, situationOn, spellsOf, timelineOf } from '@ledger/households';
import type { PlainDate, Status, UnitId } from '@ledger/kernel';
import { notKnown, Problem } from '@ledger/kernel';
import { decodeKept } from '../projection/households.projection';
import type { HouseholdDocument, KeptFact } from '../read-store';
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
  readonly effectiveOn: string | null;
  readonly recordedAt: string;
  /** The day on which it became known: of an old book, the day that the book gives. */
  readonly recordedOn: PlainDate;
  readonly recordedBy: string;
  readonly decision: unknown;
  readonly data: unknown;
}

export interface FactsAnswer extends HouseholdAnswer {
  readonly facts: readonly FactView[];
}

/** A household as known then, and as its facts effective by a day make it. */
export class HouseholdRecord {
  private readonly ids = new Map<HouseholdFact, string>();
  readonly timeline: Timeline;
  readonly situation: Situation | null;
  private readonly facts: readonly HouseholdFact[];

  constructor(
    readonly document: HouseholdDocument,
    readonly kept: readonly KeptFact[],
    on: PlainDate,
  ) {
    this.facts = kept.map((fact) => {
      const decoded = decodeKept(fact);
      this.ids.set(decoded, fact.id);
      return decoded;
    });
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

  spells(): readonly SpellView[] {
    return spellsOf(this.timeline).map(({ place, facts, ...spell }) => ({
      ...spell,
      unit: place,
      factIds: facts.map((fact) => this.ids.get(fact) ?? ''),
    }));
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

async function isParked({ models }: Knowledge, id: string): Promise<boolean> {
  return (await models.parked()).some(({ stream }) => stream === householdStream(id));
}

/** `undefined` where nothing of the household was known then. */
export function recordOf(
  knowledge: Knowledge,
  document: HouseholdDocument,
  on: PlainDate,
): HouseholdRecord | undefined {
  const kept = document.facts.filter((fact) => knowledge.knows(fact));
  return kept.length === 0 ? undefined : new HouseholdRecord(document, kept, on);
}

export async function householdDetails(
  knowledge: Knowledge,
  id: string,
  about: About,
): Promise<HouseholdDetailsAnswer> {
  const record = await householdRecord(knowledge, id, about.on);
  const { timeline, situation, document } = record;
  const registered = decodeKept(document.facts[0] as KeptFact);
  return {
    ...(await householdAnswer(knowledge, record, about)),
    revision: record.kept.at(-1)?.revision ?? 0,
    registeredOn: registered.effectiveOn,
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
  const spells = record
    .spells()
    .filter(({ standard }) => underStandard === undefined || standard === underStandard);
  return { ...(await householdAnswer(knowledge, record, about)), spells };
}

/** Every fact known then, in order of arrival, whatever day it takes effect on: the paper trail. */
export async function householdFacts(knowledge: Knowledge, id: string, about: About): Promise<FactsAnswer> {
  const record = await householdRecord(knowledge, id, about.on);
  return { ...(await householdAnswer(knowledge, record, about)), facts: record.kept.map(factView) };
}

function factView({ id, type, recordedAt, recordedOn, metadata, data }: KeptFact): FactView {
  const effectiveOn = typeof data['effectiveOn'] === 'string' ? data['effectiveOn'] : null;
  const { recordedBy } = metadata;
  return {
    id,
    type,
    effectiveOn,
    recordedAt,
    recordedOn,
    recordedBy,
    decision: data['decision'] ?? null,
    data,
  };
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
