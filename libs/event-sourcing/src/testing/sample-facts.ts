import { randomUUID } from 'node:crypto';
import type { FactMetadata, NewFact } from '../event-store';

/** A stream of its own for each test: the log may be shared. */
export const newStream = (): string => `household-${randomUUID()}`;

export function newFact(
  data: NewFact['data'] = { status: 'poor' },
  metadata: Partial<FactMetadata> = {},
): NewFact {
  const commandId = randomUUID();
  return {
    id: randomUUID(),
    type: 'ReviewRecorded',
    version: 1,
    data,
    metadata: {
      recordedBy: 'officer-7',
      commandId,
      causationId: commandId,
      correlationId: commandId,
      ...metadata,
    },
  };
}

export const newFacts = (count: number): NewFact[] => Array.from({ length: count }, () => newFact());
