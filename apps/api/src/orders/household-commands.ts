import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { OrderContext } from '@ledger/event-sourcing';
import type { HouseholdReceipt, HouseholdRequest } from '@ledger/households';
import { HouseholdOrders } from '@ledger/households';

type RequestOf<Type extends HouseholdRequest['type']> = Omit<
  Extract<HouseholdRequest, { type: Type }>,
  'type'
>;

/** An order on one household, as it travels on the command bus. */
abstract class HouseholdCommand<Type extends HouseholdRequest['type']> extends Command<HouseholdReceipt> {
  constructor(
    readonly householdId: string,
    readonly order: RequestOf<Type>,
    readonly context: OrderContext,
  ) {
    super();
  }
}

export class RegisterHousehold extends HouseholdCommand<'RegisterHousehold'> {}
export class RecordReview extends HouseholdCommand<'RecordReview'> {}
export class MarkEscaped extends HouseholdCommand<'MarkEscaped'> {}
export class FlagReimpoverished extends HouseholdCommand<'FlagReimpoverished'> {}
export class MoveHousehold extends HouseholdCommand<'MoveHousehold'> {}
export class ChangeDetails extends HouseholdCommand<'ChangeDetails'> {}
export class DissolveHousehold extends HouseholdCommand<'DissolveHousehold'> {}

@CommandHandler(RegisterHousehold)
export class RegisterHouseholdHandler implements ICommandHandler<RegisterHousehold> {
  constructor(private readonly orders: HouseholdOrders) {}

  execute({ householdId, order, context }: RegisterHousehold): Promise<HouseholdReceipt> {
    return this.orders.execute(householdId, { type: 'RegisterHousehold', ...order }, context);
  }
}

@CommandHandler(RecordReview)
export class RecordReviewHandler implements ICommandHandler<RecordReview> {
  constructor(private readonly orders: HouseholdOrders) {}

  execute({ householdId, order, context }: RecordReview): Promise<HouseholdReceipt> {
    return this.orders.execute(householdId, { type: 'RecordReview', ...order }, context);
  }
}

@CommandHandler(MarkEscaped)
export class MarkEscapedHandler implements ICommandHandler<MarkEscaped> {
  constructor(private readonly orders: HouseholdOrders) {}

  execute({ householdId, order, context }: MarkEscaped): Promise<HouseholdReceipt> {
    return this.orders.execute(householdId, { type: 'MarkEscaped', ...order }, context);
  }
}

@CommandHandler(FlagReimpoverished)
export class FlagReimpoverishedHandler implements ICommandHandler<FlagReimpoverished> {
  constructor(private readonly orders: HouseholdOrders) {}

  execute({ householdId, order, context }: FlagReimpoverished): Promise<HouseholdReceipt> {
    return this.orders.execute(householdId, { type: 'FlagReimpoverished', ...order }, context);
  }
}

@CommandHandler(MoveHousehold)
export class MoveHouseholdHandler implements ICommandHandler<MoveHousehold> {
  constructor(private readonly orders: HouseholdOrders) {}

  execute({ householdId, order, context }: MoveHousehold): Promise<HouseholdReceipt> {
    return this.orders.execute(householdId, { type: 'MoveHousehold', ...order }, context);
  }
}

@CommandHandler(ChangeDetails)
export class ChangeDetailsHandler implements ICommandHandler<ChangeDetails> {
  constructor(private readonly orders: HouseholdOrders) {}

  execute({ householdId, order, context }: ChangeDetails): Promise<HouseholdReceipt> {
    return this.orders.execute(householdId, { type: 'ChangeDetails', ...order }, context);
  }
}

@CommandHandler(DissolveHousehold)
export class DissolveHouseholdHandler implements ICommandHandler<DissolveHousehold> {
  constructor(private readonly orders: HouseholdOrders) {}

  execute({ householdId, order, context }: DissolveHousehold): Promise<HouseholdReceipt> {
    return this.orders.execute(householdId, { type: 'DissolveHousehold', ...order }, context);
  }
}

export const HOUSEHOLD_HANDLERS = [
  RegisterHouseholdHandler,
  RecordReviewHandler,
  MarkEscapedHandler,
  FlagReimpoverishedHandler,
  MoveHouseholdHandler,
  ChangeDetailsHandler,
  DissolveHouseholdHandler,
];
