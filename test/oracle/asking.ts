import { parseDay } from '@ledger/kernel';
import { Notebook } from './books';
import type { UnitsOn } from './days';
import type { Asked, Books } from './oracle';
import { asKnownOn } from './oracle';
import { NORTH, treeAtFirst } from './tree';

export const LAST_DAY = parseDay('2026-12-31');
export const OLD = 'VN-2016';
export const NEW = 'VN-2022';

export const asked = (unit: string, standard = NEW, group = 'all'): Asked => ({ unit, standard, group });

export function books(notebook: Notebook, knownOn = '2026-12-31', unitsOn: UnitsOn = treeAtFirst): Books {
  return asKnownOn(notebook.known, parseDay(knownOn), unitsOn, LAST_DAY);
}

/** The columns of a period that are not zero: households and persons as `[households, persons]`. */
export function flowsOf(of: Books, who: Asked, from: string, to: string) {
  const { poor, nearPoor } = of.flows(who, parseDay(from), parseDay(to));
  return { poor: pairs(poor), nearPoor: pairs(nearPoor) };
}

export function pairs(table: { households: Record<string, number>; persons: Record<string, number> }) {
  const all = Object.keys(table.households).map(
    (column) => [column, [table.households[column], table.persons[column]]] as const,
  );
  return Object.fromEntries(all.filter(([, [households, persons]]) => households !== 0 || persons !== 0));
}

export const stockOf = (of: Books, who: Asked, list: 'poor' | 'near-poor', on: string) =>
  of.stock(who, list, parseDay(on));

/** North, four persons, poor since March 2022 by the monthly channel. */
export const poorInMarch = () =>
  new Notebook().registered('A', '2021-06-01', NORTH, 4).reviewed('A', '2022-03-10', NEW, 'poor', 'regular');
