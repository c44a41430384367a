import { STANDARDS } from '@ledger/standards';
import type { BareFact } from './bare-fact';

/**
 * The order in which facts take effect: by day, and within a day status, members and groups, move,
 * dissolution. Statuses under several standards follow the age of the standards, so that arrival decides
 * only between facts of one kind and standard (a stable sort keeps it).
 */
export function inOrderOfDay(a: BareFact, b: BareFact): number {
  if (a.effectiveOn !== b.effectiveOn) return a.effectiveOn < b.effectiveOn ? -1 : 1;
  return rankOf(a) - rankOf(b) || standardOrder(a) - standardOrder(b);
}

function rankOf(fact: BareFact): number {
  switch (fact.type) {
    case 'HouseholdRegistered':
      return 0;
    case 'ReviewRecorded':
    case 'EscapeRecognised':
    case 'ReimpoverishmentFlagged':
      return 1;
    case 'HouseholdDetailsChanged':
      return 2;
    case 'HouseholdMoved':
      return 3;
    case 'HouseholdDissolved':
      return 4;
  }
}

const ORDER = new Map(STANDARDS.map((standard, index) => [standard.id, index]));

const standardOrder = (fact: BareFact): number =>
  'standard' in fact ? (ORDER.get(fact.standard) ?? ORDER.size) : 0;
