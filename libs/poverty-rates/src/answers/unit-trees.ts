import type { UnitFact } from '@ledger/areas';
import { Recent, UnitTree } from '@ledger/areas';
import type { PlainDate } from '@ledger/kernel';
import type { Known, ReadModels } from '../read-store';
import { GrowingList } from './growing-list';

/** A country's tree takes some ten megabytes. */
const MOST_TREES = 4;

/** The trees of units that were asked for: a country's tree is built once, not once for each question. */
export class UnitTrees {
  private readonly facts: Known<UnitFact>[] = [];
  private readonly list = new GrowingList<Known<UnitFact>>((fact) => this.facts.push(fact));
  private readonly trees = new Recent<number, UnitTree>(MOST_TREES);

  /** @param knownOn absent for all of the first `count` facts */
  async known(models: ReadModels, count: number, knownOn: PlainDate | undefined): Promise<UnitTree> {
    await this.list.reach(count, (from) => models.unitFacts(from));
    const known = knownOn === undefined ? count : this.knownBy(knownOn, count);
    return this.trees.get(known, () => UnitTree.of(this.facts.slice(0, known).map(({ fact }) => fact)));
  }

  /** Booked days never fall within the registry, so what a day knew is a first part of the facts. */
  private knownBy(day: PlainDate, count: number): number {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.facts[middle] as Known<UnitFact>).recordedOn <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
