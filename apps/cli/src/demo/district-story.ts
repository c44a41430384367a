import { CommuneBook } from './commune-book';
import type { DemoYear, DistrictFigures } from './data/dak-nong.plan';
import type { DemoCommune } from './data/units';
import { tellDetails } from './details';
import type { Diary } from './diary';
import type { CommuneShare } from './district-plan';
import { listedOf, sharesOf, smallFlowsOf } from './district-plan';
import { solveFlows } from './flows';
import { minoritySharesOf } from './groups';
import { LATE_NOTES } from './late';
import { tellMonth } from './months';
import type { PlannedMove } from './moves';
import { netMovesOf } from './moves';
import { enterFirstList, openBooks } from './opening';
import type { YearPlan } from './year-plan';
import { planYear } from './year-plan';
import { tellYearlyReview } from './yearly-review';

/** A district of Đắk Nông from the opening of VN-2022 on. */
export class DistrictStory {
  readonly books: readonly CommuneBook[];
  private readonly shares: readonly CommuneShare[];
  private plans: readonly YearPlan[] = [];

  constructor(
    diary: Diary,
    readonly figures: DistrictFigures,
    communes: readonly DemoCommune[],
  ) {
    this.shares = sharesOf(communes);
    this.books = communes.map((each) => new CommuneBook(diary, 'dn', each, minoritySharesOf(each, figures)));
  }

  enterFirstList(): void {
    const listed = listedOf(this.figures, this.shares, 2021);
    each(this.books, listed, (book, first) => enterFirstList(book, 2021, first));
  }

  openBooks(): void {
    const listed = listedOf(this.figures, this.shares, 2021);
    each(this.books, listed, (book, first) => openBooks(book, 2021, first));
  }

  /** @param moves all of the province in the year */
  plan(year: 2022 | 2023, moves: readonly PlannedMove[]): void {
    const openings = listedOf(this.figures, this.shares, (year - 1) as DemoYear);
    const closings = listedOf(this.figures, this.shares, year);
    const wanted = smallFlowsOf(openings);
    this.plans = this.books.map((book, index) => {
      const [opening, closing, small] = [openings[index], closings[index], wanted[index]];
      if (!opening || !closing || !small) throw new Error(`no figures for ${book.commune.code}`);
      const flows = solveFlows(opening, closing, netMovesOf(book, moves), small);
      const late = LATE_NOTES.filter((note) => note.commune === book.commune.code && note.year === year);
      const leaving = moves.filter(({ from }) => from === book);
      return planYear(book.dice, flows, leaving, late);
    });
  }

  tellMonth(year: number, month: number): void {
    each(this.books, this.plans, (book, { byMonth, review }) => {
      tellMonth(book, year, month, byMonth.get(month) ?? [], review);
      tellDetails(book, year, month);
    });
  }

  tellYearlyReview(year: number): void {
    each(this.books, this.plans, (book, { review }) => tellYearlyReview(book, year, review));
  }
}

function each<Item>(
  books: readonly CommuneBook[],
  items: readonly Item[],
  tell: (book: CommuneBook, item: Item) => void,
) {
  for (const [index, book] of books.entries()) {
    const item = items[index];
    if (item === undefined) throw new Error(`nothing planned for ${book.commune.code}`);
    tell(book, item);
  }
}
