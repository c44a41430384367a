import type { PlainDate, UnitId } from '@ledger/kernel';
import { numberOfDay } from '@ledger/kernel';
import type {
  Amount,
  EntriesQuery,
  HouseholdEvent,
  JournalEntry,
  JournalQuery,
  Line,
  OnListQuery,
  TakeEntry,
} from '@ledger/poverty-rates';
import { columnsOf, isNothing, NOTHING, plus, POOR_AGAIN } from '@ledger/poverty-rates';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import type { ClientSession, Collection, Document } from 'mongodb';
import { allOf, eachBatch, ROWS_AT_ONCE } from './batches';
import { idOf } from './documents/ids';
import type { JournalDocument } from './documents/journal';
import { entriesOf } from './documents/journal';

type Conditions = Readonly<Record<string, unknown>>;
type Summed<Key> = Amount & { readonly _id: Key };

const SUMS = { households: { $sum: '$households' }, persons: { $sum: '$persons' } };
/** What was taken back later adds up to nothing. */
const NOT_NOTHING = { $match: { $or: [{ households: { $ne: 0 } }, { persons: { $ne: 0 } }] } };
const LINE = {
  place: '$place',
  standard: '$standard',
  column: '$column',
  effectiveOn: '$effectiveOn',
  counterpart: '$counterpart',
};

/** The questions that are put to the journal: the server adds up. */
export class JournalQuestions {
  constructor(
    private readonly journal: Collection<JournalDocument>,
    private readonly session: ClientSession,
  ) {}

  async lines(query: JournalQuery): Promise<readonly (Line & Amount)[]> {
    const found = await this.summed<Line>(conditionsOf(query), LINE, query.group);
    return found.map(({ _id: line, households, persons }) => ({ ...line, households, persons }));
  }

  async events(query: JournalQuery): Promise<readonly HouseholdEvent[]> {
    return this.eventsWhere(conditionsOf(query), query.group);
  }

  async poorAgain(
    households: readonly string[],
    to: PlainDate,
    knownOn: PlainDate | undefined,
  ): Promise<readonly HouseholdEvent[]> {
    return this.eventsWhere(
      {
        household: { $in: [...new Set(households)] },
        effectiveOn: { $lte: to },
        column: { $in: POOR_AGAIN },
        groups: ALL_HOUSEHOLDS,
        ...(knownOn !== undefined && { recordedOn: { $lte: knownOn } }),
      },
      ALL_HOUSEHOLDS,
    );
  }

  /** What each household did on a line is of no interest here: a country has few lines and a million entries. */
  async eachEntry(
    { places, standard, group, knownAfter, knownOn }: EntriesQuery,
    take: TakeEntry,
  ): Promise<number> {
    const numberOf = new Map(places.map((place, number) => [place, number]));
    const where = {
      place: { $in: places },
      standard,
      recordedOn: { ...(knownAfter !== undefined && { $gt: knownAfter }), $lte: knownOn },
      groups: group,
    };
    const { standard: _standard, ...key } = LINE;
    let soMany = 0;
    const cursor = this.aggregate<Summed<Omit<Line, 'standard' | 'group'>>>([
      { $match: where },
      { $group: { _id: key, ...SUMS } },
      NOT_NOTHING,
    ]);
    await eachBatch(cursor, (rows) => {
      for (const { _id: line, households, persons } of rows) {
        const { place, column, effectiveOn, counterpart } = line;
        take(
          numberOf.get(place) as number,
          column,
          numberOfDay(effectiveOn),
          counterpart,
          households,
          persons,
        );
      }
      soMany += rows.length;
    });
    return soMany;
  }

  async householdsOn({ list, on, after = '', limit, ...query }: OnListQuery): Promise<readonly string[]> {
    const where = {
      ...conditionsOf({ ...query, columns: columnsOf(list), effectiveTo: on }),
      household: { $gt: after },
    };
    const standing = await allOf(
      this.aggregate<{ _id: string }>([
        { $match: where },
        { $group: { _id: '$household', households: SUMS.households } },
        { $match: { households: { $gt: 0 } } },
        { $sort: { _id: 1 } },
        { $limit: limit },
        { $project: { _id: 1 } },
      ]),
    );
    return standing.map(({ _id }) => _id);
  }

  async places(): Promise<readonly UnitId[]> {
    return (await this.journal.distinct('place', {}, { session: this.session })).sort();
  }

  /** The journal of one place, entry by entry. */
  async entriesOf(place: UnitId): Promise<readonly JournalEntry[]> {
    const documents = await allOf(
      this.journal.find({ place }, { session: this.session, batchSize: ROWS_AT_ONCE }),
    );
    return addedUp(documents.flatMap(entriesOf));
  }

  private async eventsWhere(
    where: Conditions,
    group: string | undefined,
  ): Promise<readonly HouseholdEvent[]> {
    const key = { ...LINE, household: '$household' };
    return (await this.summed<HouseholdEvent>(where, key, group)).map(({ _id: event }) => event);
  }

  /** By a key and the group: the one asked for, or each in which something counts. */
  private async summed<Key extends { group: string }>(
    where: Conditions,
    key: Readonly<Record<string, string>>,
    group: string | undefined,
  ): Promise<readonly Summed<Key>[]> {
    const eachGroup = group === undefined ? [{ $unwind: '$groups' }] : [];
    const of = group === undefined ? { group: '$groups' } : { group: { $literal: group } };
    return allOf(
      this.aggregate<Summed<Key>>([
        { $match: where },
        ...eachGroup,
        { $group: { _id: { ...key, ...of }, ...SUMS } },
        NOT_NOTHING,
      ]),
    );
  }

  private aggregate<Row extends Document>(pipeline: Document[]) {
    const { session } = this;
    return this.journal.aggregate<Row>(pipeline, { session, batchSize: ROWS_AT_ONCE, allowDiskUse: true });
  }
}

function conditionsOf(query: JournalQuery): Conditions {
  const { places, standard, group, columns, effectiveFrom, effectiveTo, knownOn } = query;
  return {
    place: { $in: [...new Set(places)] },
    ...(standard !== undefined && { standard }),
    ...(knownOn !== undefined && { recordedOn: { $lte: knownOn } }),
    ...(group !== undefined && { groups: group }),
    effectiveOn: { ...(effectiveFrom !== undefined && { $gte: effectiveFrom }), $lte: effectiveTo },
    ...(columns && { column: { $in: columns } }),
  };
}

/** Entries on one key are one, however many documents they are in; what comes to nothing is none. */
function addedUp(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const sums = new Map<string, JournalEntry>();
  for (const entry of entries) {
    const { standard, recordedOn, effectiveOn, household, column, counterpart, group } = entry;
    const key = idOf(standard, recordedOn, effectiveOn, household, column, counterpart ?? '', group);
    sums.set(key, { ...entry, ...plus(sums.get(key) ?? NOTHING, entry) });
  }
  return [...sums.values()].filter((entry) => !isNothing(entry));
}
