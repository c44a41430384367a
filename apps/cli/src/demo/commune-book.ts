import type { UnitId } from '@ledger/kernel';
import type { DemoCommune } from './data/units';
import { idOf } from './data/units';
import { Dice } from './dice';
import type { Diary } from './diary';
import type { MinorityShares } from './groups';
import { groupsFor } from './groups';
import type { When } from './household-story';
import { HouseholdStory } from './household-story';

/** The book of poor households that a commune's officer keeps: everybody who has ever been on a list there. */
export class CommuneBook {
  readonly id: UnitId;
  readonly officer: string;
  readonly dice: Dice;
  readonly stories = new Set<HouseholdStory>();
  private lastNumber = 0;

  /** @param prefix of the ids of its households */
  constructor(
    readonly diary: Diary,
    private readonly prefix: string,
    readonly commune: DemoCommune,
    private readonly shares: MinorityShares,
  ) {
    this.id = idOf(commune);
    this.officer = `officer-${commune.code}`;
    this.dice = new Dice(commune.code);
  }

  register(when: When): HouseholdStory {
    const number = ++this.lastNumber;
    const id = `${this.prefix}-${this.commune.code}-${String(number).padStart(5, '0')}`;
    const groups = groupsFor(this.dice, this.shares);
    const members = this.dice.between(1, 4) + this.dice.between(0, 4);
    const story = new HouseholdStory(this, {
      id,
      listNumber: String(number),
      groups,
      members,
      registered: when,
    });
    this.stories.add(story);
    return story;
  }

  /** Villages are numbered, and bear no name of a real one. */
  villageName(village: number): string {
    return this.commune.areaType === 'urban' ? `Tổ dân phố ${village}` : `Thôn ${village}`;
  }
}
