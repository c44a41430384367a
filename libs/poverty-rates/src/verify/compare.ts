import type { UnitId } from '@ledger/kernel';
import { canonicalClassifications } from '../projection/classifications';
import type { HouseholdDocument, ReadModelContents } from '../read-store';
import type { Difference, Told } from './difference';
import { differencesIn } from './difference';
import {
  toldBalance,
  toldClassification,
  toldFact,
  toldHousehold,
  toldMovement,
  toldParked,
} from './told-rows';

export interface CompareOptions {
  readonly signal: AbortSignal;
  /** Told now and then how many places, units and households are compared. */
  readonly onProgress?: (done: number) => void;
}

/** What was compared, and where it differs. */
export interface Comparison {
  readonly compared: {
    readonly movements: number;
    readonly balances: number;
    readonly households: number;
    readonly units: number;
    readonly totals: number;
  };
  /** The first ones. */
  readonly differences: readonly Difference[];
  readonly count: number;
}

const MOST_TOLD = 100;
const PAGE = 500;

/**
 * Compares two read models row by row: every movement, balance and household, the facts about units and
 * totals, first classifications and parked streams. Memory is bounded by what one unit holds.
 * @param expected what the log gives
 */
export async function compareReadModels(
  expected: ReadModelContents,
  found: ReadModelContents,
  options: CompareOptions,
): Promise<Comparison> {
  const comparing = new Comparing(expected, found, options);
  await comparing.lists();
  await comparing.journal();
  await comparing.balances();
  await comparing.households();
  return comparing.result;
}

class Comparing {
  private readonly differences: Difference[] = [];
  private count = 0;
  private done = 0;
  private readonly compared = { movements: 0, balances: 0, households: 0, units: 0, totals: 0 };

  constructor(
    private readonly expected: ReadModelContents,
    private readonly found: ReadModelContents,
    private readonly options: CompareOptions,
  ) {}

  get result(): Comparison {
    const { compared, differences, count } = this;
    return { compared, differences, count };
  }

  async lists(): Promise<void> {
    await this.compare('checkpoint', async (models) => {
      const { position, lastDay } = await models.checkpoint();
      return [
        { what: 'position', says: position },
        { what: 'last recorded day', says: lastDay ?? 'none' },
      ];
    });
    this.compared.units = await this.compare('facts about units', async (models) =>
      (await models.unitFacts()).map(toldFact),
    );
    // Totals of different units are in streams of their own: one of them may have waited to be repaired.
    this.compared.totals = await this.compare('declared totals', async (models) =>
      [...Map.groupBy(await models.totals(), ({ fact }) => fact.unit)].flatMap(([unit, totals]) =>
        totals.map((total, index) => {
          const { what, says } = toldFact(total, index);
          return { what: `${unit} ${what}`, says };
        }),
      ),
    );
    await this.compare('first classifications', async (models) =>
      canonicalClassifications(await models.classifications()).map(toldClassification),
    );
    await this.compare('parked streams', async (models) => (await models.parked()).map(toldParked));
  }

  async journal(): Promise<void> {
    for (const place of await this.either((models) => models.journalPlaces())) {
      this.compared.movements += await this.compare(`journal of ${place}`, async (models) =>
        (await models.journalOf(place)).map(toldMovement),
      );
    }
  }

  async balances(): Promise<void> {
    for (const unit of await this.either((models) => models.balanceUnits())) {
      this.compared.balances += await this.compare(`balances of ${unit}`, async (models) =>
        (await models.balancesOf(unit)).map(toldBalance),
      );
    }
  }

  /** Page by page, up to the same id in both: one of them may lack some. */
  async households(): Promise<void> {
    for (let after = ''; ;) {
      const ids = [
        ...new Set([
          ...(await this.expected.householdIds(after, PAGE)),
          ...(await this.found.householdIds(after, PAGE)),
        ]),
      ].sort();
      const page = ids.slice(0, PAGE);
      if (page.length === 0) return;
      this.compared.households += await this.compare('households', async (models) =>
        (await models.households(page)).map((document: HouseholdDocument) => toldHousehold(document)),
      );
      after = page.at(-1) ?? '';
    }
  }

  private async either(
    ask: (models: ReadModelContents) => Promise<readonly UnitId[]>,
  ): Promise<readonly UnitId[]> {
    return [...new Set([...(await ask(this.expected)), ...(await ask(this.found))])].sort();
  }

  /** @returns how many rows the log gives */
  private async compare(
    where: string,
    tell: (models: ReadModelContents) => Promise<readonly Told[]>,
  ): Promise<number> {
    this.options.signal.throwIfAborted();
    const expected = await tell(this.expected);
    const differences = differencesIn(where, expected, await tell(this.found));
    this.count += differences.length;
    this.differences.push(...differences.slice(0, MOST_TOLD - this.differences.length));
    this.options.onProgress?.(++this.done);
    return expected.length;
  }
}
