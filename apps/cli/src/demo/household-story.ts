import type { Channel, PlainDate, Status } from '@ledger/kernel';
import type { CommuneBook } from './commune-book';
import type { DemoHouseholdOrder } from './entry';
import type { DemoStandard } from './evidence';
import { evidenceFor } from './evidence';
import type { Paper } from './paper';
import { decisionOf } from './paper';

/** When something takes effect and when it is recorded. */
export interface When {
  readonly on: PlainDate;
  readonly recordedOn: PlainDate;
}

export interface ReviewResult {
  readonly channel: Channel;
  readonly outcome: Status;
  readonly standard?: DemoStandard;
  readonly members?: number;
  readonly paper?: Paper;
}

interface Registration {
  readonly id: string;
  readonly listNumber: string;
  readonly groups: readonly string[];
  readonly members: number;
  readonly registered: When;
}

/** One household as it really is, known in time or not, and the writing of what happens to it. */
export class HouseholdStory {
  readonly id: string;
  readonly registered: When;
  /** What the last decision said, under the standard that it named. */
  status: Status | undefined;
  members: number;
  groups: readonly string[];
  gone = false;
  escapedPoverty = false;
  escapedNearPoverty = false;
  /** The last day on which something of it was recorded. */
  recordedUpTo: PlainDate;
  readonly village: number;

  constructor(
    private book: CommuneBook,
    { id, listNumber, groups, members, registered }: Registration,
  ) {
    this.id = id;
    this.members = members;
    this.groups = groups;
    this.registered = registered;
    this.recordedUpTo = registered.recordedOn;
    this.village = book.dice.between(1, 9);
    const village = book.villageName(this.village);
    const registeredOn = registered.on;
    this.write(registered, {
      type: 'RegisterHousehold',
      householdId: id,
      place: book.id,
      village,
      registeredOn,
      members,
      groups,
      listNumber,
    });
  }

  get isListed(): boolean {
    return !this.gone && (this.status === 'poor' || this.status === 'near-poor');
  }

  reviewed(when: When, { channel, outcome, standard = 'VN-2022', members, paper }: ReviewResult): void {
    const { commune, dice } = this.book;
    const { areaType } = commune;
    this.write(when, {
      type: 'RecordReview',
      standard,
      channel,
      effectiveOn: when.on,
      areaType,
      ...evidenceFor(dice, standard, areaType, outcome),
      outcome,
      ...(members !== undefined && { members }),
      decision: decisionOf(commune, when.on, paper ?? 'recognises-the-listed'),
    });
    this.members = members ?? this.members;
    this.become(outcome);
  }

  escaped(when: When, to: 'near-poor' | 'above'): void {
    const standard = 'VN-2022';
    const decision = decisionOf(this.book.commune, when.on, 'recognises-changes');
    this.write(when, {
      type: 'MarkEscaped',
      standard,
      effectiveOn: when.on,
      to,
      channel: 'regular',
      decision,
    });
    this.become(to);
  }

  flagged(when: When, reason: string): void {
    const standard = 'VN-2022';
    const decision = decisionOf(this.book.commune, when.on, 'recognises-changes');
    this.write(when, { type: 'FlagReimpoverished', standard, effectiveOn: when.on, reason, decision });
    this.become('poor');
  }

  /** From one commune's book into another's. */
  moved(when: When, to: CommuneBook): void {
    const village = to.villageName(this.village);
    this.write(when, { type: 'MoveHousehold', effectiveOn: when.on, to: to.id, village });
    this.book.stories.delete(this);
    this.book = to;
    to.stories.add(this);
  }

  changed(when: When, change: { readonly members?: number; readonly groups?: readonly string[] }): void {
    this.write(when, { type: 'ChangeDetails', effectiveOn: when.on, ...change });
    this.members = change.members ?? this.members;
    this.groups = change.groups ?? this.groups;
  }

  dissolved(when: When, reason: 'died' | 'left' | 'other'): void {
    this.write(when, { type: 'DissolveHousehold', effectiveOn: when.on, reason });
    this.gone = true;
  }

  private become(status: Status): void {
    if (this.status === 'poor' && status !== 'poor') this.escapedPoverty = true;
    if (this.status === 'near-poor' && status === 'above') this.escapedNearPoverty = true;
    this.status = status;
  }

  private write({ recordedOn }: When, order: DemoHouseholdOrder): void {
    const { diary, officer: recordedBy } = this.book;
    diary.add({ recordedOn, recordedBy, householdId: this.id, order });
    if (recordedOn > this.recordedUpTo) this.recordedUpTo = recordedOn;
  }
}
