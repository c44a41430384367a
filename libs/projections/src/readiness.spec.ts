import type { Position } from '@ledger/event-sourcing';
import { StoreRefused } from '@ledger/event-sourcing';
import { setTimeout as delay } from 'node:timers/promises';
import type { ReadinessReport } from './readiness';
import { Readiness } from './readiness';

const at = (count: number): Position => String(count).padStart(16, '0') as Position;
const never = (): Promise<never> => new Promise(() => undefined);

/** A process whose log and read models stand where it is told, and whose clock too. */
class World {
  now = 0;
  head = 0;
  projected = 0;
  parked = 0;
  log: () => Promise<Position> = async () => at(this.head);
  readonly readiness = new Readiness(
    {
      head: () => this.log(),
      readModels: async () => ({ position: at(this.projected), parked: this.parked }),
    },
    () => this.now,
    { lagMs: 10_000, parked: 2, answerMs: 50 },
  );

  static async with(given: Partial<World>): Promise<World> {
    const world = Object.assign(new World(), given);
    await world.readiness.begin();
    return world;
  }

  ask(): Promise<ReadinessReport> {
    return this.readiness.report();
  }
}

describe('readiness', () => {
  it('needs everything that was in the log at the start, and then has started for good', async () => {
    const world = await World.with({ head: 5, projected: 4 });
    expect(await world.ask()).toMatchObject({ status: 'not-ready', started: false });
    world.projected = 5;
    expect(await world.ask()).toMatchObject({ status: 'ready', started: true, reasons: [] });
    Object.assign(world, { log: () => Promise.reject(new Error('gone')) });
    expect(await world.ask()).toMatchObject({ status: 'not-ready', started: true });
  });

  it('ends when what is in the log cannot be asked for within ten seconds', async () => {
    const world = await World.with({});
    world.head = 1;
    expect(await world.ask()).toMatchObject({ status: 'ready', lagMs: 0 });
    world.now = 10_001;
    expect(await world.ask()).toMatchObject({ status: 'not-ready', lagMs: 10_001 });
    world.projected = 1;
    expect(await world.ask()).toMatchObject({ status: 'ready', lagMs: 0 });
  });

  it('goes on under a steady load, where some last facts are always on their way', async () => {
    const world = await World.with({});
    for (let second = 0; second < 60; second += 5) {
      Object.assign(world, { now: second * 1_000, head: second + 2, projected: second });
      expect(await world.ask()).toMatchObject({ status: 'ready' });
    }
  });

  it('ends when more streams wait for repair than may', async () => {
    const world = await World.with({ parked: 2 });
    expect(await world.ask()).toMatchObject({ status: 'ready', parked: 2 });
    world.parked = 3;
    expect(await world.ask()).toMatchObject({ status: 'not-ready', parked: 3 });
    expect((await world.ask()).reasons.join()).toContain('3 streams wait for repair (limit 2)');
  });

  it.each<[string, () => Promise<Position>]>([
    ['fails', () => Promise.reject(new Error('connection refused'))],
    ['is silent', never],
    ['is slow', () => delay(200, at(0))],
  ])('ends, and says so in time, when the log %s', async (_how, log) => {
    const world = await World.with({ log });
    const report = await world.ask();
    expect(report).toMatchObject({ status: 'not-ready', log: 'unreachable', readModels: 'reachable' });
    expect(report.head).toBeUndefined();
  });

  it('ends, and repeats what a store has refused', async () => {
    const world = await World.with({ log: () => Promise.reject(new StoreRefused('put back from a backup')) });
    expect((await world.ask()).reasons).toContain('put back from a backup');
  });

  it('counts what was in the log when it could first be reached', async () => {
    const world = await World.with({ log: never });
    Object.assign(world, { log: async () => at(3), projected: 2 });
    expect(await world.ask()).toMatchObject({ status: 'not-ready' });
    world.projected = 3;
    expect(await world.ask()).toMatchObject({ status: 'ready' });
  });
});
