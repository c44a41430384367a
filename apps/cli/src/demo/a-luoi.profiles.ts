import type { Status } from '@ledger/kernel';
import type { ALuoiCommune } from './a-luoi.shares';
import { apportion } from './apportion';
import { A_LUOI_FIGURES } from './data/a-luoi.figures';
import type { Dice } from './dice';

/** What three reviews say of one household. */
export interface Profile {
  /** VN-2016 at the end of 2020; absent where nobody looked at it. */
  readonly in2020: Status | undefined;
  /** VN-2016 at the end of 2021. */
  readonly in2021: Status;
  /** VN-2022 at the end of 2021: every household of the demo is on one of its lists. */
  readonly opening: Status;
}

/** The profiles of each commune's listed households, in no order. */
export function profilesOf(dice: Dice, communes: readonly ALuoiCommune[]): readonly (readonly Profile[])[] {
  const { review2020, year2021 } = A_LUOI_FIGURES;
  const poor2020 = apportion(
    review2020.poor,
    communes.map(({ poor }) => poor),
  );
  const nearPoor2020 = apportion(
    review2020.nearPoor,
    communes.map(({ poor }) => poor),
  );
  const ofPoor = (count: number): number[] => apportion(count, poor2020);
  const ofNearPoor = (count: number): number[] => apportion(count, nearPoor2020);
  const parts = {
    escapedToNearPoor: ofPoor(year2021.escapedToNearPoor),
    escapedAbove: ofPoor(year2021.escapedAbove),
    becamePoor: ofNearPoor(year2021.becamePoor),
    nearPoorEscaped: ofNearPoor(year2021.nearPoorEscaped),
    newPoor: ofPoor(year2021.newPoor),
    newNearPoor: ofNearPoor(year2021.newNearPoor),
  };
  return communes.map(({ poor, nearPoor }, index) => {
    const count = (of: keyof typeof parts): number => parts[of][index] ?? 0;
    const poorThen = passages('poor', poor2020[index] ?? 0, [
      ['near-poor', count('escapedToNearPoor')],
      ['above', count('escapedAbove')],
    ]);
    const nearPoorThen = passages('near-poor', nearPoor2020[index] ?? 0, [
      ['poor', count('becamePoor')],
      ['above', count('nearPoorEscaped')],
    ]);
    const seen = [...poorThen, ...nearPoorThen];
    const unseen = passages(undefined, poor + nearPoor - seen.length, [
      ['poor', count('newPoor')],
      ['near-poor', count('newNearPoor')],
    ]);
    return classified(dice, [...seen, ...unseen], poor);
  });
}

type Passage = Omit<Profile, 'opening'>;

function passages(
  in2020: Status | undefined,
  count: number,
  changes: readonly (readonly [Status, number])[],
): Passage[] {
  const stays = in2020 ?? 'above';
  const changed = changes.flatMap(([in2021, times]) => Array<Passage>(times).fill({ in2020, in2021 }));
  if (changed.length > count) throw new Error(`${changed.length} changes among ${count} households`);
  return [...changed, ...Array<Passage>(count - changed.length).fill({ in2020, in2021: stays })];
}

/** The line of VN-2022 is twice as high: who is still poor under the old one is poor under the new one. */
function classified(dice: Dice, households: readonly Passage[], poor: number): Profile[] {
  const stillPoor = households.filter(({ in2021 }) => in2021 === 'poor');
  const others = dice.shuffled(households.filter(({ in2021 }) => in2021 !== 'poor'));
  const profiles = [...stillPoor, ...others].map((household, index) => ({
    ...household,
    opening: index < poor ? ('poor' as const) : ('near-poor' as const),
  }));
  return dice.shuffled(profiles);
}
