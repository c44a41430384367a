import type { PlainDate, Status, UnitId } from '@ledger/kernel';
import type { HouseholdFact } from '../household.facts';

/** A household at the end of a day, without what no figure is made of. */
export interface NaiveSituation {
  readonly place: UnitId;
  readonly members: number;
  readonly groups: readonly string[];
  readonly statuses: Readonly<Record<string, Status>>;
}

const AGES = ['VN-2011', 'VN-2016', 'VN-2022', 'VN-2027'];

/**
 * The household at the end of a day, read from the bare facts for that day alone: what the timeline has to
 * agree with. `null` before the registration and from the first dissolution on.
 */
export function naiveSituationOn(facts: readonly HouseholdFact[], day: PlainDate): NaiveSituation | null {
  const first = facts.find((fact) => fact.type === 'HouseholdRegistered');
  if (!first || first.effectiveOn > day) return null;
  const lived = facts.filter(({ effectiveOn }) => first.effectiveOn <= effectiveOn && effectiveOn <= day);
  if (lived.some(({ type }) => type === 'HouseholdDissolved')) return null;

  const { place, members, groups } = first;
  const now = { place, members, groups, statuses: {} as Record<string, Status> };
  const days = [...new Set(lived.map(({ effectiveOn }) => effectiveOn))].sort();
  for (const on of days) {
    const today = lived.filter(({ effectiveOn }) => effectiveOn === on);
    for (const standard of AGES) {
      for (const fact of today) {
        if (!('standard' in fact) || fact.standard !== standard) continue;
        if (fact.type === 'ReviewRecorded') {
          now.statuses[standard] = fact.outcome;
          now.members = fact.members ?? now.members;
          now.groups = fact.groups ?? now.groups;
        } else now.statuses[standard] = fact.type === 'EscapeRecognised' ? fact.to : 'poor';
      }
    }
    for (const fact of today) {
      if (fact.type !== 'HouseholdDetailsChanged') continue;
      now.members = fact.members ?? now.members;
      now.groups = fact.groups ?? now.groups;
    }
    for (const fact of today) {
      if (fact.type !== 'HouseholdMoved') continue;
      now.place = fact.to;
      now.members = fact.members ?? now.members;
    }
  }
  return now;
}
