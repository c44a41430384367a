import type { NewFact } from '@ledger/event-sourcing';
import { parseDay } from '@ledger/kernel';
import { eventOf, factOf } from './recorded';

const fact: NewFact = {
  id: 'b5ae7a5d-3d2c-4a7e-9d44-60f5d8a9f001',
  type: 'ReviewRecorded',
  version: 2,
  data: { outcome: 'poor', members: 4 },
  metadata: {
    recordedBy: 'officer-7',
    commandId: 'c-1',
    causationId: 'c-0',
    correlationId: 'r-1',
    recordedOn: parseDay('2023-12-31'),
  },
};

type Stored = Parameters<typeof factOf>[0];

const stored = (more: Partial<Record<keyof Stored, unknown>> = {}): Stored =>
  ({
    ...eventOf(fact),
    streamId: 'household-1',
    revision: 3n,
    isJson: true,
    created: new Date('2024-01-02T03:04:05.678Z'),
    position: { commit: 77n, prepare: 77n },
    ...more,
  }) as Stored;

describe('a fact as an event', () => {
  it('names cause and correlation as the server does, and keeps its version of the schema', () => {
    expect(eventOf(fact).metadata).toEqual({
      recordedBy: 'officer-7',
      commandId: 'c-1',
      recordedOn: '2023-12-31',
      $causationId: 'c-0',
      $correlationId: 'r-1',
      schemaVersion: 2,
    });
  });

  it('is read back as it was, with its place and time', () => {
    expect(factOf(stored())).toEqual({
      ...fact,
      stream: 'household-1',
      revision: 3,
      position: '00000000000000000077:00000000000000000077',
      recordedAt: '2024-01-02T03:04:05.678Z',
    });
  });

  it.each<[string, Partial<Record<keyof Stored, unknown>>]>([
    ['malformed JSON, handed over as a text', { data: '{"outcome":' }],
    ['JSON that is no object', { data: [1] }],
    ['no JSON', { isJson: false, data: new Uint8Array([1]) }],
    ['no metadata', { metadata: undefined }],
    ['metadata that is no JSON', { metadata: new Uint8Array([1]) }],
    ['metadata without the one who recorded it', { metadata: { ...eventOf(fact).metadata, recordedBy: 7 } }],
    ['metadata without a version', { metadata: { ...eventOf(fact).metadata, schemaVersion: '2' } }],
  ])('is told by its place alone where nobody can read it: %s', (_case, more) => {
    const told = factOf(stored(more));
    expect(told).toMatchObject({ stream: 'household-1', revision: 3, id: fact.id, data: {}, recordedAt: '' });
    expect(told.undecodable).toMatch(/data|metadata/);
    expect(told.metadata.recordedBy).toBe('');
  });
});
