import type {
  EscapeRecognised,
  HouseholdDetailsChanged,
  HouseholdDissolved,
  HouseholdFact,
  HouseholdMoved,
  HouseholdRegistered,
  ReimpoverishmentFlagged,
  ReviewRecorded,
} from './household.facts';

export type BareRegistration = Pick<
  HouseholdRegistered,
  'type' | 'effectiveOn' | 'place' | 'village' | 'members' | 'groups'
>;

/** A fact without its papers: what a timeline is folded from, and nothing else. */
export type BareFact =
  | BareRegistration
  | Pick<ReviewRecorded, 'type' | 'effectiveOn' | 'standard' | 'channel' | 'outcome' | 'members' | 'groups'>
  | Pick<EscapeRecognised, 'type' | 'effectiveOn' | 'standard' | 'to'>
  | Pick<ReimpoverishmentFlagged, 'type' | 'effectiveOn' | 'standard'>
  | Pick<HouseholdMoved, 'type' | 'effectiveOn' | 'to' | 'village' | 'members'>
  | Pick<HouseholdDetailsChanged, 'type' | 'effectiveOn' | 'village' | 'members' | 'groups'>
  | Pick<HouseholdDissolved, 'type' | 'effectiveOn'>;

/** The facts that assert a status from their day on. */
export type BareStatusFact = Extract<
  BareFact,
  { type: 'ReviewRecorded' | 'EscapeRecognised' | 'ReimpoverishmentFlagged' }
>;

/** Folds to the same timeline as the fact itself. */
export function bareOf(fact: HouseholdFact): BareFact {
  const { type, effectiveOn } = fact;
  switch (type) {
    case 'HouseholdRegistered': {
      const { place, members, groups } = fact;
      return { type, effectiveOn, place, members, groups, ...villageOf(fact) };
    }
    case 'ReviewRecorded': {
      const { standard, channel, outcome } = fact;
      return { type, effectiveOn, standard, channel, outcome, ...membersOf(fact), ...groupsOf(fact) };
    }
    case 'EscapeRecognised':
      return { type, effectiveOn, standard: fact.standard, to: fact.to };
    case 'ReimpoverishmentFlagged':
      return { type, effectiveOn, standard: fact.standard };
    case 'HouseholdMoved':
      return { type, effectiveOn, to: fact.to, ...villageOf(fact), ...membersOf(fact) };
    case 'HouseholdDetailsChanged':
      return { type, effectiveOn, ...villageOf(fact), ...membersOf(fact), ...groupsOf(fact) };
    case 'HouseholdDissolved':
      return { type, effectiveOn };
  }
}

const villageOf = ({ village }: { readonly village?: string }) => (village === undefined ? {} : { village });
const membersOf = ({ members }: { readonly members?: number }) => (members === undefined ? {} : { members });
const groupsOf = ({ groups }: { readonly groups?: readonly string[] }) =>
  groups === undefined ? {} : { groups };
