import type { PlainDate } from '@ledger/kernel';
import { ruleBroken } from '@ledger/kernel';
import { VN_2011 } from './data/vn-2011';
import { VN_2016 } from './data/vn-2016';
import { VN_2022 } from './data/vn-2022';
import { VN_2027 } from './data/vn-2027';
import type { Standard } from './standard';
import type { StandardsCode } from './texts';

/** Every standard, the oldest first; their days of application follow each other without a gap. */
export const STANDARDS: readonly [Standard, ...Standard[]] = [VN_2011, VN_2016, VN_2022, VN_2027];

export const STANDARD_IDS: readonly string[] = STANDARDS.map((standard) => standard.id);

export function findStandard(id: string): Standard | undefined {
  return STANDARDS.find((standard) => standard.id === id);
}

/** Refuses an id that names no standard with the rule `standard.unknown`, at the field that held it. */
export function requireStandard(id: string, field = 'standard'): Standard {
  const standard = findStandard(id);
  if (standard !== undefined) return standard;
  throw ruleBroken<StandardsCode>({
    code: 'standard.unknown',
    field,
    got: id,
    facts: { got: id, known: STANDARD_IDS.join(', ') },
  });
}

/** The standard that applies on a day; before the first and after the last of them, that one. */
export function standardOn(day: PlainDate): Standard {
  return STANDARDS.findLast((standard) => standard.appliesFrom <= day) ?? STANDARDS[0];
}

/** The standard that applied before this one. */
export const predecessorOf = (standard: Standard): Standard | undefined => neighbourOf(standard, -1);

/** The standard that applies after this one. */
export const successorOf = (standard: Standard): Standard | undefined => neighbourOf(standard, 1);

function neighbourOf(standard: Standard, step: -1 | 1): Standard | undefined {
  const place = STANDARD_IDS.indexOf(standard.id);
  return place < 0 ? undefined : STANDARDS[place + step];
}
