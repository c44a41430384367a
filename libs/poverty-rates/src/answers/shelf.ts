import type { UnitTree } from '@ledger/areas';
import type { PlainDate } from '@ledger/kernel';
import type { Counts, ReadModels } from '../read-store';
import { ClassifiedCommunes } from './classified-communes';
import { Denominators } from './denominators';
import type { KnownLists } from './known-lists';

/**
 * What is worked out from the lists that only grow, as far as they had grown and as known on a day. It is the
 * same for every snapshot with these counts, and stands as long as it is asked for.
 */
export class Shelf {
  private readonly ownDenominators: Denominators;
  private readonly ownClassified: ClassifiedCommunes;

  constructor(
    readonly tree: UnitTree,
    private readonly lists: KnownLists,
    private readonly counts: Counts,
    knownOn: PlainDate | undefined,
  ) {
    const { totals, classifications } = counts;
    this.ownDenominators = new Denominators(tree, lists.totals, { count: totals, knownOn });
    this.ownClassified = new ClassifiedCommunes(tree, lists.firstDays, { count: classifications, knownOn });
  }

  /** @param models a snapshot with the counts of the shelf */
  async denominators(models: ReadModels): Promise<Denominators> {
    await this.lists.totalsList.reach(this.counts.totals, (from) => models.totals(from));
    return this.ownDenominators;
  }

  /** @param models a snapshot with the counts of the shelf */
  async classified(models: ReadModels): Promise<ClassifiedCommunes> {
    await this.lists.classificationsList.reach(this.counts.classifications, (from) =>
      models.classifications(from),
    );
    return this.ownClassified;
  }
}
