import type { PlainDate, Status, UnitId } from '@ledger/kernel';
import { parseDay } from '@ledger/kernel';
import type {
  Decision,
  EscapeRecognised,
  HouseholdDetailsChanged,
  HouseholdDissolved,
  HouseholdMoved,
  HouseholdRegistered,
  ReimpoverishmentFlagged,
  ReviewRecorded,
} from '../household.facts';

/** Communes of Đắk Nông and Lâm Đồng: two of one district, one of another province. */
export const LONG_SON: UnitId = '24673@2007-01-01';
export const DAK_SAK: UnitId = '24676@2007-01-01';
export const LAT: UnitId = '24850@2007-01-01';

/** The standard that facts and orders name unless told otherwise. */
export const STANDARD = 'VN-2022';
export const OLD_STANDARD = 'VN-2016';

/** The paper of a day: a number of its own, signed on the day. */
export const decisionOf = (on: string, more: Partial<Decision> = {}): Decision => ({
  number: `QĐ ${on}`,
  date: parseDay(on),
  authority: 'UBND xã',
  ...more,
});

type More<Fact> = Partial<Omit<Fact, 'type' | 'effectiveOn'>>;

/** Four persons in Long Sơn, in no group. */
export const registered = (on: string, more: More<HouseholdRegistered> = {}): HouseholdRegistered => ({
  type: 'HouseholdRegistered',
  effectiveOn: parseDay(on),
  householdId: 'H1',
  place: LONG_SON,
  members: 4,
  groups: [],
  ...more,
});

/** A review of the monthly channel without evidence, so that nothing opens the books of a standard. */
export const reviewed = (outcome: Status, on: string, more: More<ReviewRecorded> = {}): ReviewRecorded => ({
  type: 'ReviewRecorded',
  effectiveOn: parseDay(on),
  standard: STANDARD,
  channel: 'regular',
  areaType: 'rural',
  outcome,
  decision: decisionOf(on),
  check: 'unchecked',
  ...more,
});

export const reviewedPoor = (on: string, more?: More<ReviewRecorded>) => reviewed('poor', on, more);
export const reviewedNearPoor = (on: string, more?: More<ReviewRecorded>) => reviewed('near-poor', on, more);
export const reviewedAbove = (on: string, more?: More<ReviewRecorded>) => reviewed('above', on, more);

export const escaped = (
  to: EscapeRecognised['to'],
  on: string,
  more: More<EscapeRecognised> = {},
): EscapeRecognised => ({
  type: 'EscapeRecognised',
  effectiveOn: parseDay(on),
  standard: STANDARD,
  to,
  channel: 'regular',
  decision: decisionOf(on),
  ...more,
});

export const flagged = (on: string, more: More<ReimpoverishmentFlagged> = {}): ReimpoverishmentFlagged => ({
  type: 'ReimpoverishmentFlagged',
  effectiveOn: parseDay(on),
  standard: STANDARD,
  decision: decisionOf(on),
  ...more,
});

export const moved = (to: UnitId, on: string, more: More<HouseholdMoved> = {}): HouseholdMoved => ({
  type: 'HouseholdMoved',
  effectiveOn: parseDay(on),
  to,
  ...more,
});

export const changed = (on: string, more: More<HouseholdDetailsChanged>): HouseholdDetailsChanged => ({
  type: 'HouseholdDetailsChanged',
  effectiveOn: parseDay(on),
  ...more,
});

export const dissolved = (on: string, reason: HouseholdDissolved['reason'] = 'left'): HouseholdDissolved => ({
  type: 'HouseholdDissolved',
  effectiveOn: parseDay(on),
  reason,
});

export const day = (text: string): PlainDate => parseDay(text);
