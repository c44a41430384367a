import type { PlainDate, Status } from '@ledger/kernel';
import { addDays } from '@ledger/kernel';
import { dayIn, sittingOf, yearlyDecisionDays } from './calendar';
import type { CommuneBook } from './commune-book';
import { changedSize } from './details';
import type { HouseholdStory, When } from './household-story';
import { reviewRecordingDay } from './late';
import type { ReviewTasks } from './year-plan';

/** A few of the listed are not at home, and their paper is never written. */
const MISSED = 0.012;
/** In so many reviews the members are counted anew. */
const RECOUNTED = 0.04;

/**
 * The yearly review of one commune: everybody on its lists is looked at again, those who escaped and fell
 * back come onto them again, and others for the first time.
 */
export function tellYearlyReview(book: CommuneBook, year: number, tasks: ReviewTasks): void {
  const review = new YearlyReview(book, year);
  review.lookAtListed('poor', [
    ['near-poor', tasks.escapedToNearPoor],
    ['above', tasks.escapedAbove],
  ]);
  review.lookAtListed('near-poor', [
    ['above', tasks.nearPoorEscaped],
    ['poor', tasks.becamePoor],
  ]);
  review.takeBack('poor', tasks.rePoor, (story) => story.escapedPoverty);
  review.takeBack('near-poor', tasks.reNearPoor, (story) => story.escapedNearPoverty);
  review.takeIn('poor', tasks.newPoor);
  review.takeIn('near-poor', tasks.newNearPoor);
}

class YearlyReview {
  private readonly sittings: readonly PlainDate[];
  /** In no order. Whose registration is still on a desk cannot be reviewed. */
  private readonly known: readonly { readonly story: HouseholdStory; readonly was: Status | undefined }[];

  constructor(
    private readonly book: CommuneBook,
    year: number,
  ) {
    this.sittings = yearlyDecisionDays(book.dice, year);
    const from = dayIn(year, 11, 20);
    const stories = [...book.stories].filter(({ gone, registered }) => !gone && registered.recordedOn < from);
    this.known = book.dice.shuffled(stories).map((story) => ({ story, was: story.status }));
  }

  lookAtListed(was: Status, changes: readonly (readonly [Status, number])[]): void {
    const outcomes = changes.flatMap(([outcome, count]) => Array<Status>(count).fill(outcome));
    const listed = this.among(was, () => true);
    if (outcomes.length > listed.length)
      throw new Error(`too few ${was} for the review: ${this.book.officer}`);
    for (const [index, story] of listed.entries()) {
      const outcome = outcomes[index] ?? was;
      if (outcome === was && this.book.dice.chance(MISSED)) continue;
      this.decide(story, outcome);
    }
  }

  takeBack(outcome: Status, count: number, mayComeBack: (story: HouseholdStory) => boolean): void {
    const candidates = this.among('above', (story) => story.status === 'above' && mayComeBack(story));
    if (count > candidates.length)
      throw new Error(`too few to come back as ${outcome}: ${this.book.officer}`);
    for (const story of candidates.slice(0, count)) this.decide(story, outcome);
  }

  takeIn(outcome: Status, count: number): void {
    for (let nth = 0; nth < count; nth++) {
      const on = this.book.dice.pick(this.sittings);
      const { recordedOn } = this.whenOn(on, true);
      const asked = addDays(on, -this.book.dice.between(10, 20));
      const story = this.book.register({ on: asked, recordedOn });
      story.reviewed({ on, recordedOn }, { channel: 'periodic', outcome });
    }
  }

  private among(was: Status, wanted: (story: HouseholdStory) => boolean): HouseholdStory[] {
    return this.known.filter((entry) => entry.was === was && wanted(entry.story)).map(({ story }) => story);
  }

  private decide(story: HouseholdStory, outcome: Status): void {
    const { dice } = this.book;
    const changes = story.status !== outcome;
    const when = this.whenOn(sittingOf(story.village, this.sittings), changes);
    const recounted = dice.chance(RECOUNTED) && { members: changedSize(story.members, dice.chance(0.5)) };
    const paper = outcome === 'above' ? 'recognises-changes' : 'recognises-the-listed';
    story.reviewed(when, { channel: 'periodic', outcome, paper, ...recounted });
  }

  private whenOn(on: PlainDate, changes: boolean): When {
    return { on, recordedOn: reviewRecordingDay(this.book.dice, this.book.commune.code, on, changes) };
  }
}
