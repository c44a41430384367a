import type { CommuneBook } from './commune-book';
import { DAK_NONG_FIGURES } from './data/dak-nong.plan';
import { DAK_NONG_COMMUNES } from './data/dak-nong.units';
import { Dice } from './dice';
import type { Diary } from './diary';
import { DistrictStory } from './district-story';
import type { PlannedMove } from './moves';
import { planMoves } from './moves';

/** In a hundred of a district's opening, so many move to another commune of the province in a year. */
const MOVING_PER_CENT = 0.5;

/** The province's story, district by district. */
export class DakNongStory {
  private readonly districts: readonly DistrictStory[];

  constructor(diary: Diary) {
    this.districts = DAK_NONG_FIGURES.map((figures) => {
      const communes = DAK_NONG_COMMUNES.filter(({ district }) => district === figures.code);
      return new DistrictStory(diary, figures, communes);
    });
  }

  enterFirstList(): void {
    for (const district of this.districts) district.enterFirstList();
  }

  openBooks(): void {
    for (const district of this.districts) district.openBooks();
  }

  plan(year: 2022 | 2023): void {
    const moves = this.districts.flatMap((district) => this.movesOutOf(district, year));
    for (const district of this.districts) district.plan(year, moves);
  }

  tellMonth(year: number, month: number): void {
    for (const district of this.districts) district.tellMonth(year, month);
  }

  tellYearlyReview(year: number): void {
    for (const district of this.districts) district.tellYearlyReview(year);
  }

  private movesOutOf({ figures, books }: DistrictStory, year: 2022 | 2023): PlannedMove[] {
    const opening = year === 2022 ? 2021 : 2022;
    const others: CommuneBook[] = this.districts.flatMap((district) =>
      district.figures === figures ? [] : [...district.books],
    );
    const count = (listed: number): number => Math.max(2, Math.round((listed * MOVING_PER_CENT) / 100));
    return planMoves(new Dice(`moves ${figures.code} ${year}`), books, others, {
      poor: count(figures.poor[opening]),
      nearPoor: count(figures.nearPoor[opening]),
    });
  }
}
