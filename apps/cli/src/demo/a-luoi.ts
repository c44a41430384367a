import { addDays } from '@ledger/kernel';
import type { Profile } from './a-luoi.profiles';
import { profilesOf } from './a-luoi.profiles';
import { aLuoiCommunes } from './a-luoi.shares';
import { dayIn, sittingOf, yearlyDecisionDays } from './calendar';
import { CommuneBook } from './commune-book';
import { Dice } from './dice';
import type { Diary } from './diary';
import type { HouseholdStory, When } from './household-story';

/** A Lưới across the change of standard: reviewed under VN-2016 twice, and at the second time under VN-2022. */
export class ALuoiStory {
  private readonly communes: readonly { readonly book: CommuneBook; readonly profiles: readonly Profile[] }[];
  private readonly profileOf = new Map<HouseholdStory, Profile>();

  constructor(diary: Diary) {
    const communes = aLuoiCommunes();
    const profiles = profilesOf(new Dice('A Lưới'), communes);
    this.communes = communes.map(({ commune, minorities }, index) => ({
      book: new CommuneBook(diary, 'al', commune, minorities),
      profiles: profiles[index] ?? [],
    }));
  }

  /** Enters those whom a review will find for the first time. */
  enterLists(year: 2020 | 2021): void {
    for (const { book, profiles } of this.communes) {
      for (const profile of profiles) {
        if ((profile.in2020 === undefined) !== (year === 2021)) continue;
        const on = dayIn(year, book.dice.pick([9, 10]), book.dice.between(5, 28));
        this.profileOf.set(book.register({ on, recordedOn: on }), profile);
      }
    }
  }

  review2020(): void {
    this.review(2020, (story, when, { in2020 }) => {
      if (in2020) story.reviewed(when, { standard: 'VN-2016', channel: 'periodic', outcome: in2020 });
    });
  }

  /** One review, two results: the year's under the old standard, the opening of the next under the new one. */
  review2021(): void {
    this.review(2021, (story, when, { in2021, opening }) => {
      const channel = 'periodic';
      const paper = 'recognises-changes';
      story.reviewed(when, { standard: 'VN-2016', channel, outcome: in2021 });
      story.reviewed(when, { standard: 'VN-2022', channel, outcome: opening, paper });
    });
  }

  private review(year: number, tell: (story: HouseholdStory, when: When, profile: Profile) => void): void {
    for (const { book } of this.communes) {
      const sittings = yearlyDecisionDays(book.dice, year);
      for (const story of book.stories) {
        const on = sittingOf(story.village, sittings);
        const profile = this.profileOf.get(story);
        if (profile) tell(story, { on, recordedOn: addDays(on, book.dice.between(0, 10)) }, profile);
      }
    }
  }
}
