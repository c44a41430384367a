import fc from 'fast-check';
import type { ReadModelContents } from '../read-store';
import { entrySums, inAnyOrder, notNothing } from './all-answers';
import { InMemoryReadStore } from './in-memory-read-store';
import type { RandomQuestions } from './random-batches';
import { randomBatch, randomQuestions } from './random-batches';
import type { ReadStoreInTest } from './read-store.contract';
import { HERE, writeNext } from './sample-batches';

const BATCHES = fc.array(randomBatch, { minLength: 1, maxLength: 6 });
const QUESTIONS = fc.array(randomQuestions, { minLength: 5, maxLength: 15, size: 'max' });

export function randomBatchesCases(test: ReadStoreInTest, startAgain: () => Promise<void>): void {
  it('give the same answers as the read models in memory', async () => {
    await fc.assert(
      fc.asyncProperty(BATCHES, QUESTIONS, async (batches, questions) => {
        await startAgain();
        const inMemory = new InMemoryReadStore();
        for (const batch of batches) {
          await writeNext(inMemory, batch);
          await writeNext(test.store, batch);
        }
        for (const question of questions) {
          const expected = await inMemory.snapshot((models) => answersTo(question, models));
          expect(await test.store.snapshot((models) => answersTo(question, models))).toEqual(expected);
        }
      }),
      { numRuns: 40 },
    );
  });
}

async function answersTo(questions: RandomQuestions, models: ReadModelContents) {
  const { journal, entries, balances, onList, places, number, to, knownOn, households, from, after } =
    questions;
  return {
    checkpoint: await models.checkpoint(),
    unitFacts: await models.unitFacts(from),
    totals: await models.totals(from),
    households: inAnyOrder(await models.households(households)),
    balances: notNothing(await models.balances(balances)),
    lines: inAnyOrder(await models.lines(journal)),
    events: inAnyOrder(await models.events(journal)),
    entries: inAnyOrder(await entrySums(models, entries)),
    poorAgain: inAnyOrder(await models.poorAgain(households, to, knownOn)),
    householdsOn: await models.householdsOn(onList),
    listedAs: await models.listedAs(places, number),
    classifications: await models.classifications(from),
    parked: inAnyOrder(await models.parked()),
    journalPlaces: await models.journalPlaces(),
    journalOf: inAnyOrder(await models.journalOf(HERE)),
    balanceUnits: await models.balanceUnits(),
    balancesOf: inAnyOrder(await models.balancesOf(HERE)),
    householdIds: await models.householdIds(after, 2),
    counts: await models.counts(),
  };
}
