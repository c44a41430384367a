import type { EventStore, Position } from '@ledger/event-sourcing';
import type { ReadStore } from '@ledger/poverty-rates';
import type { RunningProjection } from '@ledger/projections';
import type { FastifyReply } from 'fastify';
import type { EngineLife } from '../engine.module';
import { HealthController } from './health.controller';

const at = (count: number): Position => String(count).padStart(16, '0') as Position;

/** A server whose log and read models stand where it is told, and whose clock too. */
class World {
  now = 0;
  head = 0;
  projected = 0;
  private readonly controller: HealthController;

  constructor(headAtStart: number) {
    const eventStore: Partial<EventStore> = { head: async () => at(this.head) };
    const projection = Object.defineProperty({}, 'position', { get: () => at(this.projected) });
    this.controller = new HealthController(
      eventStore as EventStore,
      { snapshot: async () => 0 } as unknown as ReadStore,
      () => this.now,
      projection as RunningProjection,
      { headAtStart: at(headAtStart) } as EngineLife,
    );
  }

  async ask(): Promise<{ status: number; lagMs: number }> {
    let status = 200;
    const reply = { status: (code: number) => ((status = code), reply), header: () => reply };
    const { lagMs } = await this.controller.ready(reply as unknown as FastifyReply);
    return { status, lagMs };
  }
}

describe('readiness', () => {
  it('needs everything that was in the log at the start', async () => {
    const world = new World(5);
    Object.assign(world, { head: 5, projected: 4 });
    expect((await world.ask()).status).toBe(503);
    world.projected = 5;
    expect((await world.ask()).status).toBe(200);
  });

  it('ends when what is in the log cannot be asked for within ten seconds', async () => {
    const world = new World(0);
    world.head = 1;
    expect(await world.ask()).toEqual({ status: 200, lagMs: 0 });
    world.now = 10_001;
    expect(await world.ask()).toEqual({ status: 503, lagMs: 10_001 });
    world.projected = 1;
    expect(await world.ask()).toEqual({ status: 200, lagMs: 0 });
  });

  it('goes on under a steady load, where some last facts are always on their way', async () => {
    const world = new World(0);
    for (let second = 0; second < 60; second += 5) {
      Object.assign(world, { now: second * 1_000, head: second + 2, projected: second });
      expect((await world.ask()).status).toBe(200);
    }
  });
});
