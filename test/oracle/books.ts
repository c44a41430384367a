import type { Channel, PlainDate, Status, UnitId } from '@ledger/kernel';
import { parseDay } from '@ledger/kernel';
import type { HouseholdFact } from '@ledger/households';
import type { Known } from './days';

type About = { readonly members?: number; readonly groups?: readonly string[] };
const paper = (number: string) => ({
  decision: { number: `${number}/QĐ-UBND`, date: '2021-06-01' as PlainDate, authority: 'UBND' },
});

/** Writes the facts of a worked example as an officer would tell it; each is recorded on its day, or late. */
export class Notebook {
  readonly known: Known[] = [];
  private recordedLateOn: string | undefined;

  /** From here on everything is recorded on this day. */
  recordedOn(day: string): this {
    this.recordedLateOn = day;
    return this;
  }

  registered(
    household: string,
    on: string,
    place: UnitId,
    members: number,
    groups: readonly string[] = [],
  ): this {
    const effectiveOn = parseDay(on);
    return this.write(household, {
      type: 'HouseholdRegistered',
      effectiveOn,
      householdId: household,
      place,
      members,
      groups,
    });
  }

  reviewed(
    household: string,
    on: string,
    standard: string,
    outcome: Status,
    channel: Channel = 'periodic',
    about: About = {},
  ): this {
    return this.write(household, {
      ...{ type: 'ReviewRecorded', effectiveOn: parseDay(on), standard, channel, outcome, ...about },
      ...{ areaType: 'rural', check: 'unchecked', ...paper(`${this.known.length}`) },
    });
  }

  escaped(
    household: string,
    on: string,
    standard: string,
    to: 'near-poor' | 'above',
    channel: Channel = 'regular',
  ): this {
    const effectiveOn = parseDay(on);
    return this.write(household, {
      type: 'EscapeRecognised',
      effectiveOn,
      standard,
      to,
      channel,
      ...paper(`${this.known.length}`),
    });
  }

  flagged(household: string, on: string, standard: string): this {
    const effectiveOn = parseDay(on);
    return this.write(household, {
      type: 'ReimpoverishmentFlagged',
      effectiveOn,
      standard,
      ...paper(`${this.known.length}`),
    });
  }

  moved(household: string, on: string, to: UnitId, members?: number): this {
    const after = members === undefined ? {} : { members };
    return this.write(household, { type: 'HouseholdMoved', effectiveOn: parseDay(on), to, ...after });
  }

  changed(household: string, on: string, about: About): this {
    return this.write(household, { type: 'HouseholdDetailsChanged', effectiveOn: parseDay(on), ...about });
  }

  dissolved(household: string, on: string): this {
    return this.write(household, { type: 'HouseholdDissolved', effectiveOn: parseDay(on), reason: 'died' });
  }

  private write(household: string, fact: HouseholdFact): this {
    const last = this.known.at(-1)?.recordedOn ?? fact.effectiveOn;
    const late = this.recordedLateOn === undefined ? fact.effectiveOn : parseDay(this.recordedLateOn);
    this.known.push({ fact, household, recordedOn: late > last ? late : last, arrival: this.known.length });
    return this;
  }
}
