import type { UnitFact, UnitTree } from '@ledger/areas';
import { unitCodec } from '@ledger/areas';
import type { RecordedFact } from '@ledger/event-sourcing';
import type { UnitId } from '@ledger/kernel';

/** Nothing in the log is skipped: a stream that no room knows waits for a program that does. */
export function refuseStream({ stream }: RecordedFact): never {
  throw new Error(`no stream of this program is called ${stream}`);
}

/** A fact about units folds only when the units that it names are there. */
function requireUnits(fact: UnitFact, tree: UnitTree, created: ReadonlySet<UnitId>): void {
  const named = fact.type === 'UnitCreated' ? fact.parent : fact.unit;
  if (!tree.find(named) && !created.has(named)) throw new Error(`no earlier fact creates the unit ${named}`);
}

/** Decodes facts about units one after the other: each may name units that those before it create. */
export function unitReader(tree: UnitTree): (recorded: RecordedFact) => UnitFact {
  const created = new Set<UnitId>();
  return (recorded) => {
    const fact = unitCodec.decode(recorded);
    requireUnits(fact, tree, created);
    if (fact.type === 'UnitCreated') created.add(fact.unit);
    return fact;
  };
}
