import { createHash } from 'node:crypto';
import type { HouseholdRequest } from '@ledger/households';
import { canonicalJson } from '@ledger/kernel';
import { madeUpHouseholdId } from '@ledger/orders';
import { parse as uuidBytes, v5 as uuidv5 } from 'uuid';
import type { RowOrder } from '../rows/order-of-row';
import { SaidAgain } from './said-again';

/** Made up once: under them the content of a row becomes its command id, and that of a household its id. */
const COMMANDS = uuidBytes('3f8b7a52-0c8e-5f0c-9d57-6d1d8a4e2b90');
const HOUSEHOLDS = uuidBytes('b1d3c6aa-52c9-5a6b-8a0f-0e2f4c9b7d11');

/** Of a text as bytes, which takes a third of the time. */
const uuidOf = (text: string, namespace: Uint8Array): string => uuidv5(Buffer.from(text), namespace);

export const householdIdOf = (content: object): string =>
  madeUpHouseholdId(uuidOf(canonicalJson(content), HOUSEHOLDS));

/** By what an order is known again: the same row, imported by whomever and whenever, has the same. */
export interface OrderIdentity {
  readonly commandId: string;
  readonly requestHash: string;
}

/** Gives the rows of one file, in their order, the identities of their orders. */
export class OrderIdentities {
  private readonly saidAgain = new SaidAgain();

  /** @param subject the household, or the unit as the row names it */
  of(order: RowOrder, subject: string): OrderIdentity {
    const content = contentOf(order, subject);
    const json = canonicalJson(content);
    const digest = createHash('sha256').update(json).digest();
    const matters = mattersOf(order).map((matter) => hashOf(`${subject}\n${matter}`));
    const count = matters.length === 0 ? 0 : this.saidAgain.count(matters, digest.readUInt32BE(8));
    return {
      commandId: uuidOf(count === 0 ? json : `${json}\n${count}`, COMMANDS),
      requestHash: digest.toString('hex').slice(0, 32),
    };
  }
}

/** Lists are sets: their order means nothing. */
function contentOf(order: RowOrder, subject: string): object {
  const { type } = order;
  const asked = type === 'household' ? order.request : order.order;
  const sorted = Object.entries(asked).map(([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? value.toSorted() : value,
  ]);
  return { kind: type, subject, order: Object.fromEntries(sorted) as object };
}

/** What an order says the last word on, where a later order can say another one. */
function mattersOf(order: RowOrder): readonly string[] {
  switch (order.type) {
    case 'unit':
      return [];
    case 'total':
      return [`total ${order.order.on} ${order.order.group}`];
    case 'household':
      return mattersOfHousehold(order.request);
  }
}

function mattersOfHousehold(request: HouseholdRequest): readonly string[] {
  switch (request.type) {
    case 'MoveHousehold':
      return [`move ${request.effectiveOn}`];
    case 'ChangeDetails':
      return (['members', 'groups', 'village'] as const)
        .filter((detail) => request[detail] !== undefined)
        .map((detail) => `${detail} ${request.effectiveOn}`);
    case 'RegisterHousehold':
    case 'RecordReview':
    case 'MarkEscaped':
    case 'FlagReimpoverished':
    case 'DissolveHousehold':
      return [];
  }
}

/** 53 bits of a hash, never 0. */
function hashOf(text: string): number {
  const digest = createHash('sha1').update(text).digest();
  return digest.readUInt32BE(0) * 2 ** 21 + (digest.readUInt32BE(4) >>> 11) || 1;
}
