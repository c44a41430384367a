import type { Notice } from '@ledger/kernel';
import { v5 as uuidv5 } from 'uuid';
import type { FactMetadata, NewFact } from './event-store';
import type { FactCodec } from './history';

/** The metadata of the facts of one order, but for what its decision adds. */
export type OrderMetadata = Omit<FactMetadata, 'notices'>;

/** The facts of a decision on their way to the log. The same order gives the same ids, however often it is sent. */
export function newFacts<Fact>(
  stream: string,
  codec: FactCodec<Fact>,
  { facts, notices }: { readonly facts: readonly Fact[]; readonly notices: readonly Notice[] },
  metadata: OrderMetadata,
): readonly NewFact[] {
  return facts.map((fact, index) => ({
    id: uuidv5(`${stream} ${index}`, metadata.commandId),
    ...codec.encode(fact),
    metadata: { ...metadata, ...(index === 0 && notices.length > 0 && { notices }) },
  }));
}
