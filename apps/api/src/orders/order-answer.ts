import type { AreaReceipt } from '@ledger/areas';
import type { Receipt } from '@ledger/event-sourcing';
import type { HouseholdReceipt } from '@ledger/households';
import type { FastifyReply } from 'fastify';

/** 201 for what was recorded, 200 for what had been said before; with the ETag to build the next order on. */
function answer(reply: FastifyReply, id: string, receipt: Receipt): object {
  const { changed, revision, position, facts, notices } = receipt;
  void reply.status(changed ? 201 : 200).header('etag', `"${revision}"`);
  return { id, revision, position, facts, ...(!changed && { unchanged: true }), warnings: notices };
}

export function householdAnswer(reply: FastifyReply, receipt: HouseholdReceipt): object {
  const { householdId, transitions } = receipt;
  return { householdId, transitions, ...answer(reply, householdId, receipt) };
}

export function areaAnswer(reply: FastifyReply, receipt: AreaReceipt): object {
  return { unit: receipt.unit, ...answer(reply, receipt.unit, receipt) };
}
