import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { AreaReceipt, CreateUnit as CreateUnitOrder, TotalDeclaration, UnitChange } from '@ledger/areas';
import { AreaOrders } from '@ledger/areas';
import type { OrderContext } from '@ledger/event-sourcing';

export class CreateUnit extends Command<AreaReceipt> {
  constructor(
    readonly order: Omit<CreateUnitOrder, 'type'>,
    readonly context: OrderContext,
  ) {
    super();
  }
}

export class ChangeUnit extends Command<AreaReceipt> {
  constructor(
    /** A code, on the day of the change, or a full id. */
    readonly unit: string,
    readonly change: UnitChange,
    readonly context: OrderContext,
  ) {
    super();
  }
}

export class DeclareTotal extends Command<AreaReceipt> {
  constructor(
    /** A code, on the day of the total, or a full id. */
    readonly unit: string,
    readonly declaration: TotalDeclaration,
    readonly context: OrderContext,
  ) {
    super();
  }
}

@CommandHandler(CreateUnit)
export class CreateUnitHandler implements ICommandHandler<CreateUnit> {
  constructor(private readonly orders: AreaOrders) {}

  execute({ order, context }: CreateUnit): Promise<AreaReceipt> {
    return this.orders.create(order, context);
  }
}

@CommandHandler(ChangeUnit)
export class ChangeUnitHandler implements ICommandHandler<ChangeUnit> {
  constructor(private readonly orders: AreaOrders) {}

  execute({ unit, change, context }: ChangeUnit): Promise<AreaReceipt> {
    return this.orders.change(unit, change, context);
  }
}

@CommandHandler(DeclareTotal)
export class DeclareTotalHandler implements ICommandHandler<DeclareTotal> {
  constructor(private readonly orders: AreaOrders) {}

  execute({ unit, declaration, context }: DeclareTotal): Promise<AreaReceipt> {
    return this.orders.declareTotal(unit, declaration, context);
  }
}

export const AREA_HANDLERS = [CreateUnitHandler, ChangeUnitHandler, DeclareTotalHandler];
