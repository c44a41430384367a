import type { Decider, EventStore, OrderContext, Receipt } from '@ledger/event-sourcing';
import { receiptOf, recordingDay, runDecider } from '@ledger/event-sourcing';
import type { AreaType, PlainDate, UnitId } from '@ledger/kernel';
import type { Household } from '../household';
import { householdDecider, householdStream } from '../household';
import { householdCodec } from '../household.codec';
import type { HouseholdFact } from '../household.facts';
import type { HouseholdOrder, MoveHousehold, RegisterHousehold } from '../household.orders';
import type { Transition } from '../transitions';
import { transitionsBrought } from '../transitions';

type Asked<Order extends HouseholdOrder> = Omit<Order, 'today'>;

/** An order as it is asked for: the day of recording is added, and units are named as the caller names them. */
export type HouseholdRequest =
  | (Omit<Asked<RegisterHousehold>, 'place' | 'householdId'> & { readonly unit: string })
  | (Omit<Asked<MoveHousehold>, 'to'> & { readonly toUnit: string })
  | { [Type in HouseholdOrder['type']]: Asked<Extract<HouseholdOrder, { type: Type }>> }[Exclude<
      HouseholdOrder['type'],
      'RegisterHousehold' | 'MoveHousehold'
    >];

/** What this room asks of the units: where a household may live, and how a place is classed. */
export interface PlaceDirectory {
  requirePlace(ref: string, day: PlainDate, field: string): UnitId;
  areaTypeOf(place: UnitId, day: PlainDate): AreaType | undefined;
}

/** The receipt, and what the order changed in the household's status and place. */
export interface HouseholdReceipt extends Receipt {
  readonly householdId: string;
  readonly transitions: readonly Transition[];
}

/** Carries out orders on households: names the place, decides on the household's stream, tells what changed. */
export class HouseholdOrders {
  constructor(
    private readonly store: EventStore,
    /** The units as they are known now: an order sees every order acknowledged before it. */
    private readonly directory: () => Promise<PlaceDirectory>,
    private readonly clock: () => number,
  ) {}

  async execute(
    householdId: string,
    request: HouseholdRequest,
    context: OrderContext,
  ): Promise<HouseholdReceipt> {
    const directory = namesPlaces(request) ? await this.directory() : NO_PLACES;
    const today = recordingDay(context, this.clock);
    const decider = householdDecider((place, day) => directory.areaTypeOf(place, day));
    // Units are named when it is decided: an order that was answered before is answered again as it was, even
    // if its commune has ended since.
    const deciding: Decider<HouseholdRequest, Household, HouseholdFact> = {
      ...decider,
      decide: (asked, household) => decider.decide(orderOf(householdId, asked, today, directory), household),
    };
    const stream = householdStream(householdId);
    const outcome = await runDecider(this.store, deciding, householdCodec, stream, request, context);
    return {
      householdId,
      ...receiptOf(outcome),
      // Two folds, for whoever looks: an import does not.
      get transitions() {
        return transitionsBrought(factsOf(outcome.before()), factsOf(outcome.after()));
      },
    };
  }
}

/** An order that concerns no place does not wait for the units, nor for their repair. */
const namesPlaces = ({ type }: HouseholdRequest): boolean =>
  type === 'RegisterHousehold' || type === 'MoveHousehold' || type === 'RecordReview';

const NO_PLACES: PlaceDirectory = {
  requirePlace: (ref) => {
    throw new Error(`${ref}: the units were not asked for`);
  },
  areaTypeOf: () => undefined,
};

const factsOf = (household: Household): readonly HouseholdFact[] =>
  household.status === 'registered' ? household.facts : [];

function orderOf(
  householdId: string,
  request: HouseholdRequest,
  today: PlainDate,
  directory: PlaceDirectory,
): HouseholdOrder {
  switch (request.type) {
    case 'RegisterHousehold': {
      const { unit, ...order } = request;
      return {
        ...order,
        householdId,
        today,
        place: directory.requirePlace(unit, order.registeredOn, 'unit'),
      };
    }
    case 'MoveHousehold': {
      const { toUnit, ...order } = request;
      return { ...order, today, to: directory.requirePlace(toUnit, order.effectiveOn, 'toUnit') };
    }
    case 'RecordReview':
    case 'MarkEscaped':
    case 'FlagReimpoverished':
    case 'ChangeDetails':
    case 'DissolveHousehold':
      return { ...request, today };
  }
}
