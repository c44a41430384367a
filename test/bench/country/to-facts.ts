import type { TotalsFact } from '@ledger/areas';
import type { Decision, HouseholdFact } from '@ledger/households';
import type { Status } from '@ledger/kernel';
import { STATUSES } from '@ledger/kernel';
import { withImplied } from '@ledger/standards';
import { dateOf, dayOfYear, yearOfDay } from './calendar';
import { villageOf } from './campaign';
import { Dice } from './dice';
import type { Entry } from './entries';
import { sheetOf } from './evidence';
import { channelOfPaper, PAPER, standardOfPaper } from './papers';
import type { Commune, Places } from './places';

export const householdId = (household: number): string => `hh-${String(household).padStart(7, '0')}`;

const FLAG_REASONS = ['crop-loss', 'serious-illness', 'job-loss', 'natural-disaster'] as const;
const ENDINGS = ['died', 'left', 'other'] as const;
const GROUP_SHARES = [
  ['ethnic-minority', 0.25],
  ['local-ethnic-minority', 0.08],
  ['merit', 0.05],
  ['no-labour', 0.08],
  ['social-protection', 0.1],
] as const;

const dice = new Dice();

/** An entry of the books as the fact that the product's decider makes of it. */
export function householdFactOf(entry: Entry, places: Places, seed: number): HouseholdFact {
  const { subject, value } = entry;
  const commune = communeOf(places, entry.place);
  const effectiveOn = dateOf(entry.effectiveOn);
  const village = `Thôn ${villageOf(subject)}`;
  const decision = decisionOf(entry, commune);
  const standard = standardOfPaper(entry.paper);
  switch (entry.kind) {
    case 'register':
      return {
        type: 'HouseholdRegistered',
        effectiveOn,
        householdId: householdId(subject),
        place: commune.id,
        village,
        members: value,
        groups: groupsOf(subject, seed),
        listNumber: String(subject),
      };
    case 'review': {
      const outcome = statusOf(value & 3);
      const { check, ...found } = sheetOf(standard, commune.areaType, outcome, (value >> 2) & 255);
      const members = value >> 10;
      return {
        type: 'ReviewRecorded',
        standard,
        channel: channelOfPaper(entry.paper),
        effectiveOn,
        areaType: commune.areaType,
        ...found,
        outcome,
        ...(members > 0 && { members }),
        decision,
        check,
      };
    }
    case 'escape': {
      const to = statusOf(value);
      if (to === 'poor') throw new Error('nobody escapes into poverty');
      return { type: 'EscapeRecognised', effectiveOn, standard, to, channel: 'regular', decision };
    }
    case 'flag':
      return {
        type: 'ReimpoverishmentFlagged',
        effectiveOn,
        standard,
        reason: at(FLAG_REASONS, value),
        decision,
      };
    case 'details':
      return { type: 'HouseholdDetailsChanged', effectiveOn, members: value };
    case 'move':
      return { type: 'HouseholdMoved', effectiveOn, to: commune.id, village };
    case 'dissolve':
      return { type: 'HouseholdDissolved', effectiveOn, reason: at(ENDINGS, value) };
    case 'total':
      throw new Error('a total is no fact of a household');
  }
}

export function totalFactOf({ effectiveOn, place, value }: Entry, places: Places): TotalsFact {
  return {
    type: 'HouseholdTotalDeclared',
    effectiveOn: dateOf(effectiveOn),
    unit: communeOf(places, place).id,
    group: 'all',
    households: value,
    persons: Math.round(value * 4.1),
    source: `register-${yearOfDay(effectiveOn)}`,
  };
}

/** Numbers run with the days of the year; a paper that overrules has one of its own. */
function decisionOf({ effectiveOn, paper, kind }: Entry, { code }: Commune): Decision {
  const running = dayOfYear(effectiveOn) * 2 + (kind === 'review' ? 0 : 1);
  const again = Math.floor(paper / PAPER.overrules);
  const number = again === 0 ? `${running}/QĐ-UBND` : `${running}-${again}/QĐ-UBND`;
  return { number, date: dateOf(effectiveOn), authority: `UBND ${code}` };
}

function groupsOf(household: number, seed: number): string[] {
  dice.seed(seed, 5, household);
  return withImplied(GROUP_SHARES.filter(([, share]) => dice.chance(share)).map(([group]) => group));
}

function communeOf({ communes }: Places, index: number): Commune {
  return at(communes, index);
}

const statusOf = (status: number): Status => at(STATUSES, status - 1);

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`nothing at ${index}`);
  return item;
}
