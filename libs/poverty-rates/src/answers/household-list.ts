import type { HouseholdDocument } from '../read-store';
import type { PlainDate, Status, UnitId } from '@ledger/kernel';
import { earlierOf } from '@ledger/kernel';
import type { Standard } from '@ledger/standards';
import { ALL_HOUSEHOLDS, standardOn } from '@ledger/standards';
import type { HouseholdRecord } from './household-view';
import { recordOf } from './household-view';
import type { Knowledge } from './knowledge';
import type { Librarian } from './librarian';
import type { UnitAnswer } from './unit-answer';
import { unitAnswer } from './unit-answer';

export interface ListedHousehold {
  readonly householdId: string;
  /** The place in which it lives: the unit that its own facts name. */
  readonly unit: UnitId;
  readonly unitCode: string;
  readonly village: string | null;
  readonly listNumber: string | null;
  readonly members: number;
  readonly groups: readonly string[];
  readonly status: Status | null;
  readonly since: PlainDate | null;
  readonly enteredBy: string | null;
  readonly areaType: string | null;
}

export interface HouseholdsAnswer extends UnitAnswer {
  readonly status: Status;
  readonly items: readonly ListedHousehold[];
  readonly nextCursor: string | null;
}

export interface HouseholdsQuestion {
  readonly unit: UnitId;
  readonly on: PlainDate;
  readonly standard?: Standard;
  readonly group: string;
  readonly status: Status;
  readonly limit: number;
  /** The household after which to go on. */
  readonly after?: string;
}

/** The households behind a count: who is on the list at the end of the day, in the order of their ids. */
export async function householdsOnList(
  knowledge: Knowledge,
  question: HouseholdsQuestion,
): Promise<HouseholdsAnswer> {
  const { unit, on, group, status, limit, after } = question;
  const standard = question.standard ?? standardOn(on);
  const asOf = earlierOf(on, standard.appliesTo);
  const ids = await knowledge.models.householdsOn({
    places: knowledge.placesOn(unit, asOf),
    standard: standard.id,
    group,
    list: status,
    on: asOf,
    limit: limit + 1,
    ...(after !== undefined && { after }),
    ...(knowledge.knownOn !== undefined && { knownOn: knowledge.knownOn }),
  });
  const page = ids.slice(0, limit);
  const documents = new Map(
    (await knowledge.models.households(page)).map((document) => [document.id, document]),
  );
  return {
    ...(await unitAnswer(knowledge, unit, on, standard, group)),
    status,
    items: page.flatMap((id) => listed(knowledge, documents.get(id), asOf, standard) ?? []),
    nextCursor: ids.length > limit ? (page.at(-1) ?? null) : null,
  };
}

export interface BearersAnswer extends UnitAnswer {
  readonly listNumber: string;
  readonly items: readonly ListedHousehold[];
}

/**
 * Who bears a list number in a unit on the day. A number means something only in the place that gave it: a
 * household that has moved away bears it no more.
 */
export async function bearersOf(
  knowledge: Knowledge,
  question: { unit: UnitId; on: PlainDate; standard?: Standard; group: string; listNumber: string },
): Promise<BearersAnswer> {
  const { unit, on, listNumber } = question;
  const standard = question.standard ?? standardOn(on);
  const ids = await knowledge.models.listedAs(knowledge.placesOn(unit, on), listNumber);
  const documents = await knowledge.models.households(ids);
  const items = documents.flatMap((document) => {
    const item = listed(knowledge, document, on, standard);
    return item && item.unit === document.listed?.place ? [item] : [];
  });
  return {
    ...(await unitAnswer(knowledge, unit, on, standard, question.group)),
    listNumber,
    items: items.sort((a, b) => (a.householdId < b.householdId ? -1 : 1)),
  };
}

/** The ids of those who bear a list number, for whoever names a household by it; nobody where no such unit is known. */
export function idsOfBearers(
  librarian: Librarian,
  today: PlainDate,
  { unit, listNumber, on }: { unit: UnitId; listNumber: string; on: PlainDate },
): Promise<readonly string[]> {
  return librarian.ask({ today }, async (knowledge) => {
    if (!knowledge.tree.find(unit)) return [];
    const { items } = await bearersOf(knowledge, { unit, on, group: ALL_HOUSEHOLDS, listNumber });
    return items.map(({ householdId }) => householdId);
  });
}

function listed(
  knowledge: Knowledge,
  document: HouseholdDocument | undefined,
  on: PlainDate,
  standard: Standard,
): ListedHousehold | undefined {
  const record = document && recordOf(knowledge, document, on);
  if (!record?.situation) return undefined;
  const { situation } = record;
  const spell = currentSpell(record, standard);
  const unit = knowledge.tree.attributesOn(situation.place, on);
  return {
    householdId: record.document.id,
    unit: situation.place,
    unitCode: unit.code,
    village: situation.village ?? null,
    listNumber: record.listNumber,
    members: situation.members,
    groups: situation.groups,
    status: spell?.status ?? null,
    since: spell?.from ?? null,
    enteredBy: spell?.enteredBy ?? null,
    areaType: unit.areaType ?? null,
  };
}

const currentSpell = (
  record: HouseholdRecord,
  { id }: Standard,
): ReturnType<HouseholdRecord['spells']>[number] | undefined =>
  record.spells().find((spell) => spell.standard === id && spell.to === null);
