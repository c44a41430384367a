import { holdsPersonalNumber, ruleBroken } from '@ledger/kernel';
import type { HouseholdOrder } from './household.orders';

/**
 * A personal identification number never enters a fact (Law 91/2025/QH15): no text of an order may hold
 * twelve digits in a row, wherever an officer may have put it.
 */
export function requireNoPersonalNumber(order: HouseholdOrder): void {
  visit('', order);
}

function visit(field: string, value: unknown): void {
  if (typeof value === 'string') {
    // The text itself is not repeated in the error: it would carry the number into logs.
    if (holdsPersonalNumber(value)) throw ruleBroken({ code: 'text.personal-number', field });
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) visit(field === '' ? key : `${field}.${key}`, inner);
}
