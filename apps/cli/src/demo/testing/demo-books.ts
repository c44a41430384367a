import type { TotalsFact, UnitFact } from '@ledger/areas';
import { declarationOf, lastDeclaration, totalsCodec, unitCodec, UNITS_STREAM } from '@ledger/areas';
import type { RecordedFact } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import { InMemoryEventStore } from '@ledger/event-sourcing/testing';
import type { HouseholdFact, Situation, Timeline } from '@ledger/households';
import { householdCodec, situationOn, timelineOf } from '@ledger/households';
import type { PlainDate, Status } from '@ledger/kernel';
import { LAST_DAY, splitUnitId } from '@ledger/kernel';
import type { DemoCommune } from '../data/units';
import { idOf } from '../data/units';
import { demoHistory } from '../demo-history';
import { writeHistory } from '../write-history';

/** Writes the demo into a log in memory and gives back the whole log. */
export async function writtenDemo(): Promise<readonly RecordedFact[]> {
  const store = new InMemoryEventStore();
  const { facts } = await writeHistory(store, demoHistory());
  const following = store.follow({ after: START, maxFacts: facts, signal: new AbortController().signal });
  const { value } = await following.next();
  await following.return();
  return value?.facts ?? [];
}

/** The demo as its facts recorded by a day tell it, folded household by household. */
export class DemoBooks {
  readonly timelines = new Map<string, Timeline>();
  readonly unitFacts: UnitFact[] = [];
  private readonly totals = new Map<string, TotalsFact[]>();

  constructor(log: readonly RecordedFact[], knownOn: PlainDate = LAST_DAY) {
    const facts = new Map<string, HouseholdFact[]>();
    for (const recorded of log) {
      const { recordedOn } = recorded.metadata;
      if (recordedOn === undefined) throw new Error(`${recorded.stream} has a fact without a day`);
      if (recordedOn > knownOn) continue;
      if (recorded.stream === UNITS_STREAM) this.unitFacts.push(unitCodec.decode(recorded));
      else if (recorded.stream.startsWith('totals-'))
        keep(this.totals, recorded.stream, totalsCodec.decode(recorded));
      else keep(facts, recorded.stream.replace('household-', ''), householdCodec.decode(recorded));
    }
    for (const [household, of] of facts) this.timelines.set(household, timelineOf(of));
  }

  /** How many households stand on a list on a day in some communes. */
  count(
    status: Status,
    standard: string,
    on: PlainDate,
    communes: readonly DemoCommune[],
    group = 'all',
  ): number {
    const byPlace = this.situations(on);
    const there = communes.flatMap((commune) => byPlace.get(idOf(commune)) ?? []);
    return there.filter(
      ({ statuses, groups }) => statuses[standard] === status && (group === 'all' || groups.includes(group)),
    ).length;
  }

  /** The sum of the communes' totals; throws where one has none. */
  households(on: PlainDate, communes: readonly DemoCommune[], group = 'all'): number {
    return communes.reduce((sum, commune) => sum + this.total(on, commune, group), 0);
  }

  private total(on: PlainDate, commune: DemoCommune, group: string): number {
    const ofUnit = this.totals.get(`totals-${idOf(commune)}`) ?? [];
    const declared = lastDeclaration(ofUnit.filter((fact) => fact.group === group).map(declarationOf), on);
    if (!declared) throw new Error(`${commune.code} has no total of ${group} on ${on}`);
    return declared.households;
  }

  private readonly byDay = new Map<PlainDate, ReadonlyMap<string, readonly Situation[]>>();

  /** Who lives where at the end of a day. */
  private situations(on: PlainDate): ReadonlyMap<string, readonly Situation[]> {
    const known = this.byDay.get(on);
    if (known) return known;
    const byPlace = new Map<string, Situation[]>();
    for (const timeline of this.timelines.values()) {
      const situation = situationOn(timeline, on);
      if (situation) keep(byPlace, situation.place, situation);
    }
    this.byDay.set(on, byPlace);
    return byPlace;
  }
}

/** The code of a place. */
export const codeOf = (place: string): string => splitUnitId(place)?.code ?? place;

function keep<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
