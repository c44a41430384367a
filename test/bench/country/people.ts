import { yearlySitting } from './campaign';
import { dayIn, FIRST_YEAR } from './calendar';
import { Dice } from './dice';
import type { Entries, Kind } from './entries';
import { PAPER } from './papers';

/** A status as a number; 0 is never classified. */
export const POOR = 1;
export const NEAR_POOR = 2;
export const ABOVE = 3;

const ENTERS_WITH_THE_FIRST_LIST = 0.62;
/** From a status (poor, near-poor, above) to each: the yearly review. */
const YEARLY: readonly (readonly number[])[] = [
  [],
  [0.72, 0.15, 0.13],
  [0.1, 0.64, 0.26],
  [0.07, 0.09, 0.84],
];
const FIRST_STATUS = [0.55, 0.35, 0.1];
const MONTHLY = { escape: 0.07, flag: 0.05, details: 0.06, move: 0.02, dissolve: 0.007 };
const REVIEWED = { listed: 0.985, escaped: 0.7, above: 0.3, survey: 0.99 };
const LATE_PAPER = 0.04;
const FORGOTTEN = 0.005;
const OVERRULED = 0.006;

/** The year whose general survey opens the books of VN-2022. */
const SURVEY_YEAR = 2021;

/**
 * The people of the country, a few bytes each, and what happens to one of them in a year. Papers of one
 * household are recorded in the order of their days, apart from overruled and forgotten reviews.
 */
export class People {
  private readonly place: Uint16Array;
  private readonly entryYear: Uint8Array;
  private readonly status: Uint8Array;
  private readonly escaped: Uint8Array;
  private readonly gone: Uint8Array;
  private readonly lastRecorded: Uint16Array;
  private readonly forgottenOn: Uint16Array;
  private readonly dice = new Dice();
  private readonly days = new Uint16Array(4);
  private readonly what: Kind[] = [];

  constructor(
    readonly count: number,
    private readonly communes: number,
    private readonly lastYear: number,
    private readonly seed: number,
  ) {
    this.place = new Uint16Array(count);
    this.entryYear = new Uint8Array(count);
    this.status = new Uint8Array(count);
    this.escaped = new Uint8Array(count);
    this.gone = new Uint8Array(count);
    this.lastRecorded = new Uint16Array(count);
    this.forgottenOn = new Uint16Array(count);
    for (let household = 0; household < count; household++) {
      const dice = this.dice.seed(seed, 2, household);
      // Spread evenly, so that every commune has somebody.
      this.place[household] = household % communes;
      const years = lastYear - FIRST_YEAR;
      const later = years > 0 && !dice.chance(ENTERS_WITH_THE_FIRST_LIST);
      this.entryYear[household] = later ? dice.between(1, years) : 0;
    }
  }

  /** Everything of one household that takes effect in a year, in the order of its recording. */
  live(household: number, year: number, into: Entries): void {
    if (this.gone[household] === 1) return;
    const entered = FIRST_YEAR + (this.entryYear[household] ?? 0);
    if (entered > year) return;
    this.dice.seed(this.seed, 3, household, year);
    if (entered === year) this.enter(household, year, into);
    else this.liveMonths(household, year, into);
    if (this.gone[household] === 0) this.reviewYearly(household, year, entered === year, into);
  }

  private enter(household: number, year: number, into: Entries): void {
    const { dice } = this;
    const first = year === FIRST_YEAR;
    const on = first
      ? dayIn(year, 1, dice.between(2, 20))
      : dayIn(year, dice.between(2, 7), dice.between(1, 28));
    const decided = on + dice.between(8, 32);
    const members = dice.between(1, 4) + dice.between(0, 4);
    this.write('register', household, on, members, 0, on + dice.between(0, 5), into);
    const status = 1 + dice.among(FIRST_STATUS);
    const paper = (first ? PAPER.survey : PAPER.regular) | standardPaper(year, false);
    this.write(
      'review',
      household,
      decided,
      this.reviewValue(status),
      paper,
      decided + dice.between(0, 9),
      into,
    );
    this.status[household] = status;
  }

  /** The monthly channel: at most one decision on the status, and what happens to any household. */
  private liveMonths(household: number, year: number, into: Entries): void {
    const { dice, days, what } = this;
    const status = this.status[household];
    what.length = 0;
    const happens = (kind: Kind, month: number, day: number): void => {
      days[what.length] = dayIn(year, month, day);
      what.push(kind);
    };
    if (dice.chance(MONTHLY.details)) happens('details', dice.between(1, 8), dice.between(1, 14));
    if (dice.chance(MONTHLY.move)) happens('move', dice.between(2, 8), dice.between(15, 17));
    const escapes = (status === POOR || status === NEAR_POOR) && dice.chance(MONTHLY.escape);
    const flagged = status !== POOR && this.escaped[household] === 1 && dice.chance(MONTHLY.flag);
    if (escapes || flagged) happens(escapes ? 'escape' : 'flag', dice.between(3, 8), dice.between(18, 28));
    if (dice.chance(MONTHLY.dissolve)) happens('dissolve', dice.between(4, 8), 29);

    for (const at of inOrderOfDay(days, what.length)) {
      const kind = what[at] ?? 'details';
      this.happen(kind, household, days[at] ?? 0, year, into);
      if (kind === 'dissolve') return;
    }
  }

  private happen(kind: Kind, household: number, on: number, year: number, into: Entries): void {
    const { dice } = this;
    const recordedOn = on + (dice.chance(0.01) ? dice.between(25, 75) : dice.between(0, 6));
    const standard = standardPaper(year, false);
    if (kind === 'escape') {
      const to = this.status[household] === POOR && dice.chance(0.4) ? NEAR_POOR : ABOVE;
      this.write(kind, household, on, to, standard, recordedOn, into);
      this.become(household, to);
    } else if (kind === 'flag') {
      this.write(kind, household, on, dice.between(0, 3), standard, recordedOn, into);
      this.status[household] = POOR;
    } else if (kind === 'move') {
      if (this.communes === 1) return;
      const here = this.place[household] ?? 0;
      this.place[household] = (here + dice.between(1, this.communes - 1)) % this.communes;
      this.write(kind, household, on, 0, 0, recordedOn, into);
    } else if (kind === 'dissolve') {
      this.write(kind, household, on, dice.between(0, 2), 0, recordedOn, into);
      this.gone[household] = 1;
    } else {
      this.write(kind, household, on, dice.between(1, 9), 0, recordedOn, into);
    }
  }

  private reviewYearly(household: number, year: number, isNew: boolean, into: Entries): void {
    const { dice } = this;
    const survey = year === SURVEY_YEAR;
    const before = this.status[household] ?? 0;
    if (!dice.chance(survey ? REVIEWED.survey : this.reviewedShare(household, before))) {
      if (survey) this.status[household] = 0;
      this.forgottenOn[household] = 0;
      return;
    }
    const on = yearlySitting(this.seed, this.place[household] ?? 0, household, year);
    const paper = (survey ? PAPER.survey : 0) | standardPaper(year, true);
    const mayWait = !isNew && year < this.lastYear && year !== SURVEY_YEAR && year !== SURVEY_YEAR - 1;
    if (mayWait && dice.chance(FORGOTTEN)) {
      this.forgottenOn[household] = on;
      return;
    }
    const late = dice.chance(LATE_PAPER);
    const recordedOn = late ? dayIn(year + 1, 1, 5) + dice.between(0, 75) : on + dice.between(0, 10);
    const said = this.outcomeAfter(before);
    this.write('review', household, on, this.reviewValue(said), paper, recordedOn, into);
    const outcome = dice.chance(OVERRULED) ? this.overrule(household, on, said, paper, into) : said;
    if (survey) this.status[household] = outcome;
    else this.become(household, outcome);
    this.findForgotten(household, paper, into);
  }

  private reviewedShare(household: number, status: number): number {
    if (status === POOR || status === NEAR_POOR) return REVIEWED.listed;
    return this.escaped[household] === 1 ? REVIEWED.escaped : REVIEWED.above;
  }

  private outcomeAfter(status: number): number {
    return 1 + this.dice.among(status === 0 ? FIRST_STATUS : (YEARLY[status] ?? FIRST_STATUS));
  }

  /** A second review of the same day, which arrives later and therefore rules. */
  private overrule(household: number, on: number, said: number, paper: number, into: Entries): number {
    const outcome = 1 + ((said + this.dice.between(0, 1)) % 3);
    const recordedOn = this.dice.between(10, 40) + (this.lastRecorded[household] ?? 0);
    this.write('review', household, on, this.reviewValue(outcome), paper | PAPER.overrules, recordedOn, into);
    return outcome;
  }

  /** The paper of last year's review turns up after this year's was recorded. */
  private findForgotten(household: number, paper: number, into: Entries): void {
    const on = this.forgottenOn[household] ?? 0;
    if (on === 0) return;
    this.forgottenOn[household] = 0;
    const recordedOn = (this.lastRecorded[household] ?? 0) + this.dice.between(1, 9);
    const outcome = 1 + this.dice.among(FIRST_STATUS);
    this.write('review', household, on, this.reviewValue(outcome), paper, recordedOn, into);
  }

  /** The outcome, which sheet of evidence, and members where they were counted anew. */
  private reviewValue(outcome: number): number {
    const members = this.dice.chance(0.04) ? this.dice.between(1, 9) : 0;
    return outcome | (this.dice.between(0, 255) << 2) | (members << 10);
  }

  private become(household: number, status: number): void {
    if (this.status[household] === POOR && status !== POOR) this.escaped[household] = 1;
    this.status[household] = status;
  }

  private write(
    kind: Kind,
    subject: number,
    effectiveOn: number,
    value: number,
    paper: number,
    recorded: number,
    into: Entries,
  ): void {
    const recordedOn = Math.max(recorded, this.lastRecorded[subject] ?? 0);
    this.lastRecorded[subject] = recordedOn;
    into.add({ kind, subject, recordedOn, effectiveOn, place: this.place[subject] ?? 0, value, paper });
  }
}

/** VN-2022 from the survey of autumn 2021 on; the monthly channel of 2021 is still VN-2016's. */
const standardPaper = (year: number, autumn: boolean): number =>
  year > SURVEY_YEAR || (autumn && year === SURVEY_YEAR) ? PAPER.vn2022 : 0;

function inOrderOfDay(days: Uint16Array, count: number): number[] {
  const order = [0, 1, 2, 3].slice(0, count);
  return order.sort((a, b) => (days[a] ?? 0) - (days[b] ?? 0));
}
