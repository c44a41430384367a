import type { PipeTransform } from '@nestjs/common';
import { Param } from '@nestjs/common';
import { notKnown } from '@ledger/kernel';
import { isOpaqueId, isUnitRef } from '@ledger/orders';

/** What is no id cannot name anything: as unknown as an id that nobody has. */
const known = (code: string, isOne: (value: unknown) => boolean): PipeTransform => ({
  transform(value: unknown) {
    if (isOne(value)) return value;
    throw notKnown({ code, field: 'path', facts: { unit: String(value).slice(0, 40) } });
  },
});

export const HouseholdId = (): ParameterDecorator => Param('id', known('household.unknown', isOpaqueId));
export const UnitInPath = (): ParameterDecorator => Param('unit', known('unit.unknown', isUnitRef));
