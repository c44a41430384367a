import { inAnyOrder } from './all-answers';
import type { ReadStoreInTest } from './read-store.contract';
import {
  booking,
  day,
  ELSEWHERE,
  entry,
  HERE,
  household,
  takenBack,
  THERE,
  writeNext,
} from './sample-batches';

/** What is kept, part by part: what `verify` compares. */
export function contentsCases(test: ReadStoreInTest): void {
  it('tells the journal of a place, group by group, and without what came to nothing', async () => {
    const inGroups = [entry(), entry({ group: 'merit' }), entry({ group: 'no-labour', persons: 3 })];
    const gone = entry({ household: 'h-2' });
    await writeNext(test.store, { journal: [...inGroups, gone, entry({ place: THERE })] });
    await writeNext(test.store, {
      journal: [
        takenBack(gone, gone.recordedOn),
        entry({ group: 'merit', households: -1, persons: -4 }),
        entry({ recordedOn: day('2023-02-01'), counterpart: ELSEWHERE, column: 'poor.movedIn' }),
      ],
    });
    await test.store.snapshot(async (models) => {
      expect(await models.journalPlaces()).toEqual([HERE, THERE]);
      expect(inAnyOrder(await models.journalOf(HERE))).toEqual(
        inAnyOrder([
          entry(),
          entry({ group: 'no-labour', persons: 3 }),
          entry({ recordedOn: day('2023-02-01'), counterpart: ELSEWHERE, column: 'poor.movedIn' }),
        ]),
      );
      expect(await models.journalOf(ELSEWHERE)).toEqual([]);
    });
  });

  it('tells the balances of a unit', async () => {
    const balances = [booking(), booking({ group: 'merit' }), booking({ unit: THERE, households: -1 })];
    await writeNext(test.store, { balances });
    await writeNext(test.store, { balances: [booking({ persons: 1 }), booking({ unit: ELSEWHERE })] });
    await writeNext(test.store, { balances: [booking({ unit: ELSEWHERE, households: -1, persons: -4 })] });
    await test.store.snapshot(async (models) => {
      expect(await models.balanceUnits()).toEqual([HERE, THERE]);
      expect(inAnyOrder(await models.balancesOf(HERE))).toEqual(
        inAnyOrder([booking({ households: 2, persons: 5 }), booking({ group: 'merit' })]),
      );
      expect(await models.balancesOf(ELSEWHERE)).toEqual([]);
    });
  });

  it('tells the ids of households in order, page by page', async () => {
    await writeNext(test.store, { households: ['h-2', 'h-10', 'H-3', 'h-1'].map((id) => household(id)) });
    await test.store.snapshot(async (models) => {
      expect(await models.householdIds('', 3)).toEqual(['H-3', 'h-1', 'h-10']);
      expect(await models.householdIds('h-10', 3)).toEqual(['h-2']);
      expect(await models.householdIds('h-2', 3)).toEqual([]);
    });
  });
}
