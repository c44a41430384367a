import type {
  DeclareHouseholdTotal,
  TotalsFact,
  TotalsState,
  Unit,
  UnitBook,
  UnitFact,
  UnitOrder,
} from '@ledger/areas';
import {
  totals,
  totalsCodec,
  totalsStream,
  unitCodec,
  unitRegistry,
  UNITS_STREAM,
  UnitTree,
} from '@ledger/areas';
import type { Household, HouseholdFact, HouseholdOrder } from '@ledger/households';
import { householdCodec, householdDecider, householdStream } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import type { DemoEntry } from './entry';
import type { OrderMetadata } from '@ledger/event-sourcing';
import type { Decided } from './open-streams';
import { OpenStreams } from './open-streams';

/** Decides the demo's orders by the same rules as any other order, each on the day of its entry. */
export class DemoDeciders {
  private readonly unitFacts: UnitFact[] = [];
  private tree: UnitTree | undefined;

  private readonly units = new OpenStreams<UnitOrder, UnitBook, UnitFact>(unitRegistry, unitCodec, (fact) => {
    this.unitFacts.push(fact);
    this.tree = undefined;
  });
  private readonly totals = new OpenStreams<DeclareHouseholdTotal, TotalsState, TotalsFact>(
    totals,
    totalsCodec,
  );
  private readonly households = new OpenStreams<HouseholdOrder, Household, HouseholdFact>(
    householdDecider((place, day) => this.known().attributesOn(place, day).areaType),
    householdCodec,
  );

  decide(entry: DemoEntry, metadata: OrderMetadata): Decided {
    const today = entry.recordedOn;
    if ('householdId' in entry) {
      const { householdId, order } = entry;
      if (order.type === 'RegisterHousehold') this.requireAlive(order.place, order.registeredOn);
      if (order.type === 'MoveHousehold') this.requireAlive(order.to, order.effectiveOn);
      return this.households.decide(householdStream(householdId), { ...order, today }, metadata);
    }
    const { order } = entry;
    if (order.type !== 'DeclareHouseholdTotal') return this.units.decide(UNITS_STREAM, order, metadata);
    const life = this.requireAlive(order.unit, order.on);
    return this.totals.decide(totalsStream(order.unit), { ...order, life, today }, metadata);
  }

  /** Refuses a unit that is not known or not alive on the day, as every client of the deciders does. */
  private requireAlive(id: UnitId, day: PlainDate): Unit {
    const unit = this.known().resolve(id, day);
    this.known().requireAlive(unit, day);
    return unit;
  }

  private known(): UnitTree {
    this.tree ??= UnitTree.of(this.unitFacts);
    return this.tree;
  }
}
