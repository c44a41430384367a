import { setTimeout as delay } from 'node:timers/promises';
import type { Appended, NewFact } from '@ledger/event-sourcing';
import { fillServer } from './fill';

const SMALL = { households: 60, communes: 6, years: 3, seed: 7 };

interface Arrived {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly facts: readonly NewFact[];
}

/** A log that takes a different time for each append, as a server does: what was sent first may arrive last. */
class UnsteadyLog {
  readonly arrived: Arrived[] = [];
  most = 0;
  twiceAtATime = false;
  private readonly busy = new Set<string>();

  async append(stream: string, expectedRevision: number, facts: readonly NewFact[]): Promise<Appended> {
    this.twiceAtATime ||= this.busy.has(stream);
    this.busy.add(stream);
    this.most = Math.max(this.most, this.busy.size);
    await delay((stream.length * 7 + expectedRevision * 3 + this.busy.size) % 4);
    this.arrived.push({ stream, expectedRevision, facts });
    this.busy.delete(stream);
    return {} as Appended;
  }
}

describe('filling a log on a server', () => {
  const log = new UnsteadyLog();
  let facts = 0;
  beforeAll(async () => {
    facts = await fillServer(log, SMALL);
  });

  it('has several appends under way, and never two of one stream', () => {
    expect(log.most).toBeGreaterThan(5);
    expect(log.most).toBeLessThanOrEqual(64);
    expect(log.twiceAtATime).toBe(false);
  });

  it('begins a day of recording when the one before is in the log', () => {
    const days = log.arrived.map(({ facts: [first] }) => first?.metadata.recordedOn ?? '');
    expect(days).toHaveLength(log.arrived.length);
    expect(days).toEqual(days.toSorted());
  });

  it('has the units before whatever names them, and each stream in its order', () => {
    const streams = log.arrived.map(({ stream }) => stream);
    const firstOther = streams.findIndex((stream) => stream !== 'units');
    expect(streams.lastIndexOf('units')).toBeLessThan(firstOther);
    const revisions = new Map<string, number>();
    for (const { stream, expectedRevision, facts: some } of log.arrived) {
      expect(expectedRevision).toBe(revisions.get(stream) ?? -1);
      revisions.set(stream, expectedRevision + some.length);
    }
    expect(log.arrived.reduce((sum, { facts: some }) => sum + some.length, 0)).toBe(facts);
  });

  it('fails as an append fails', async () => {
    const broken = { append: () => Promise.reject(new Error('no room')) };
    await expect(fillServer(broken, SMALL)).rejects.toThrow('no room');
  });
});
