import type { Unit, UnitFact } from '@ledger/areas';
import { UnitTree } from '@ledger/areas';
import type { Position } from '@ledger/event-sourcing';
import type { PlainDate } from '@ledger/kernel';
import { earlierOf, notKnown, Problem } from '@ledger/kernel';
import type { Known, ReadModels, ReadStore } from '../read-store';
import { Knowledge } from './knowledge';

const MOST_TREES = 8;

/**
 * Opens one snapshot for one answer, and keeps the trees of units that were asked for: a country's tree is
 * built once, not once for each question.
 */
export class Librarian {
  private units:
    { version: string; facts: readonly Known<UnitFact>[]; trees: Map<number, UnitTree> } | undefined;

  constructor(private readonly readStore: ReadStore) {}

  /**
   * @param knownOn the day by whose end the answer is known; absent for the latest knowledge
   * @param today the day in Vietnam on which it is asked
   */
  async ask<Answer>(
    { knownOn, today }: { knownOn?: PlainDate; today: PlainDate },
    question: (knowledge: Knowledge, latest: UnitTree) => Promise<Answer>,
  ): Promise<Answer> {
    return this.readStore.snapshot(async (models) => {
      const { position, lastDay } = await models.checkpoint();
      const earlier = knownOn !== undefined && lastDay !== null && knownOn < lastDay ? knownOn : undefined;
      const latest = await this.tree(models, undefined);
      const tree = earlier === undefined ? latest : await this.tree(models, earlier);
      const shown = position === '' ? ('0' as Position) : position;
      // Nothing more is known tomorrow than today.
      const shownOn = earlierOf(knownOn ?? today, today);
      return question(new Knowledge(models, tree, earlier, shownOn, today, shown), latest);
    });
  }

  private async tree(models: ReadModels, knownOn: PlainDate | undefined): Promise<UnitTree> {
    const version = await models.unitsVersion();
    if (this.units?.version !== version)
      this.units = { version, facts: await models.unitFacts(), trees: new Map() };
    const { facts, trees } = this.units;
    // Booked days never fall, so what a day knew is a first part of the facts.
    const unknown = facts.findIndex(({ recordedOn }) => knownOn !== undefined && recordedOn > knownOn);
    const count = unknown === -1 ? facts.length : unknown;
    const tree = trees.get(count) ?? UnitTree.of(facts.slice(0, count).map(({ fact }) => fact));
    // The last ones asked for stay: an auditor asks many questions about few days.
    trees.delete(count);
    trees.set(count, tree);
    const [oldest] = trees.keys();
    if (trees.size > MOST_TREES && oldest !== undefined) trees.delete(oldest);
    return tree;
  }
}

/**
 * The unit that a code or a full id names on a day.
 * @throws Problem `unit.unknown-on-that-day` when only later knowledge has it
 */
export function resolveUnit(knowledge: Knowledge, latest: UnitTree, ref: string, day: PlainDate): Unit {
  try {
    return knowledge.tree.resolve(ref, day);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'unit.unknown' || !knowledge.knownOn) throw error;
    if (!isKnownTo(latest, ref, day)) throw error;
    const facts = { unit: ref, knownOn: knowledge.knownOn };
    throw notKnown({ code: 'unit.unknown-on-that-day', field: 'unit', got: ref, facts });
  }
}

function isKnownTo(tree: UnitTree, ref: string, day: PlainDate): boolean {
  try {
    tree.resolve(ref, day);
    return true;
  } catch (error) {
    // A code that had other days is known as well.
    return error instanceof Problem && error.code !== 'unit.unknown';
  }
}
