import { earlierOf } from '@ledger/kernel';
import { standardOn } from '@ledger/standards';
import { standardOfEve } from '../ledger/campaign';
import type { RatesAnswer, RatesQuestion } from './rates';
import { ratesOf } from './rates';
import type { Knowledge } from './knowledge';

/** A figure that the children do not add up to, and by how much. */
export interface Mismatch {
  readonly figure: string;
  readonly parent: number | null;
  readonly sumOfChildren: number | null;
  /** How many children do not know theirs. */
  readonly unknownChildren: number;
}

export interface ChildrenRatesAnswer extends RatesAnswer {
  readonly children: readonly RatesAnswer[];
  readonly doesNotAddUp: readonly Mismatch[];
}

/** The rates of a unit and of each unit directly below it on that day. Counts add up, rates never do. */
export async function childrenRates(
  knowledge: Knowledge,
  question: RatesQuestion,
): Promise<ChildrenRatesAnswer> {
  const { unit, on, group } = question;
  const standard = question.standard ?? standardOn(on);
  // A standard ends at the question: so do the units below of whom it is asked (rule 14 of the ledger).
  const asOf = earlierOf(on, standard.appliesTo);
  const below = knowledge.tree.childrenOn(unit, asOf).map(({ id }) => id);
  for (const needed of new Set([standard, standardOfEve(standard, asOf) ?? standard]))
    await knowledge.expect([unit, ...below], needed.id, group);
  const parent = await ratesOf(knowledge, question);
  const children: RatesAnswer[] = [];
  for (const child of below) children.push(await ratesOf(knowledge, { ...question, unit: child }));
  const doesNotAddUp =
    children.length === 0 ? [] : FIGURES.flatMap(([name, read]) => mismatch(name, read, parent, children));
  return { ...parent, children, doesNotAddUp };
}

type Figure = (answer: RatesAnswer) => number | null;

const FIGURES: readonly (readonly [string, Figure])[] = [
  ['totalHouseholds', ({ totalHouseholds }) => totalHouseholds?.count ?? null],
  ['poor.households', ({ poor }) => poor.households],
  ['poor.persons', ({ poor }) => poor.persons],
  ['nearPoor.households', ({ nearPoor }) => nearPoor.households],
  ['nearPoor.persons', ({ nearPoor }) => nearPoor.persons],
];

function mismatch(
  figure: string,
  read: Figure,
  parent: RatesAnswer,
  children: readonly RatesAnswer[],
): Mismatch[] {
  const known = children.map(read).filter((value) => value !== null);
  const sumOfChildren = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  const whole = read(parent);
  if (whole === sumOfChildren) return [];
  return [{ figure, parent: whole, sumOfChildren, unknownChildren: children.length - known.length }];
}
