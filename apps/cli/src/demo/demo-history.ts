import { LAST_DAY, lastDayOfMonth } from '@ledger/kernel';
import { ALuoiStory } from './a-luoi';
import { enterUnits, renameHue } from './area-entries';
import { DakNongStory } from './dak-nong';
import { Diary } from './diary';
import type { DemoEntry } from './entry';
import { declareALuoi, declareDakNong } from './total-entries';
import { MONTHS } from './year-plan';

/**
 * The demo's old books, in the order in which they were recorded: Đắk Nông with the answers of its plan for
 * the ends of 2022 and 2023, and A Lưới across the change of standard in 2021. The same every time; the
 * households are invented. It holds one month at a time in memory, a review at most.
 */
export function* demoHistory(): Generator<DemoEntry, void, undefined> {
  const diary = new Diary();
  const aLuoi = new ALuoiStory(diary);
  const dakNong = new DakNongStory(diary);

  enterUnits(diary);
  aLuoi.enterLists(2020);
  yield* diary.upTo(lastDayOfMonth(2020, 10));
  aLuoi.review2020();
  declareALuoi(diary, 2020);
  yield* diary.upTo(lastDayOfMonth(2020, 12));

  aLuoi.enterLists(2021);
  dakNong.enterFirstList();
  yield* diary.upTo(lastDayOfMonth(2021, 10));
  aLuoi.review2021();
  dakNong.openBooks();
  declareALuoi(diary, 2021);
  declareDakNong(diary, 2021);
  yield* diary.upTo(lastDayOfMonth(2021, 12));

  for (const year of [2022, 2023] as const) {
    dakNong.plan(year);
    for (const month of MONTHS) {
      dakNong.tellMonth(year, month);
      yield* diary.upTo(lastDayOfMonth(year, month));
    }
    dakNong.tellYearlyReview(year);
    declareDakNong(diary, year);
    yield* diary.upTo(lastDayOfMonth(year, 12));
  }
  renameHue(diary);
  yield* diary.upTo(LAST_DAY);
}
