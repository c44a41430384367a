import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { READ_MODELS_FILE } from '@ledger/embedded';
import type { LogPage, RecordedFact } from '@ledger/event-sourcing';
import { Projector } from '@ledger/poverty-rates';
import { InMemoryReadStore } from '@ledger/poverty-rates/testing';
import { dumpReadModels } from '../../libs/embedded/src/testing/dump-read-models';
import { pause, Server, temporaryFolder } from '../e2e/support/server';
import { Load } from './load';
import { randomFrom } from './random';
import { wholeLog } from './whole-log';

const KILLS = Number(process.env['KILLS'] ?? 50);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const CLIENTS = 16;

/** The read models that the log gives when it is folded in one go. */
async function freshFold(facts: readonly RecordedFact[]) {
  const store = new InMemoryReadStore();
  const projector = new Projector(store);
  for (let at = 0; at < facts.length; at += 500) {
    const page = facts.slice(at, at + 500);
    await projector.project({ facts: page, position: page.at(-1)?.position } as LogPage);
  }
  return store.dump();
}

describe(`a server killed ${KILLS} times under load (seed ${SEED})`, () => {
  const dataDir = temporaryFolder();
  const load = new Load(CLIENTS);

  beforeAll(async () => {
    const random = randomFrom(SEED);
    for (let kill = 0; kill < KILLS; kill++) {
      const server = await Server.start({ dataDir });
      if (kill === 0) await load.prepare(server);
      const running = load.run(server);
      await pause(50 + random() * 700);
      await server.kill();
      await running;
    }
    // Once more, so that the projection catches up with whatever the last kill left behind.
    const server = await Server.start({ dataDir });
    const { position } = load.acknowledged.reduce((a, b) => (a.position > b.position ? a : b));
    expect((await server.get('/v1/units/10/rates', { on: '2024-12-31', atLeast: position })).status).toBe(
      200,
    );
    await server.halt();
  }, 600_000);

  afterAll(() => {
    process.stdout.write(
      `kill: ${KILLS} SIGKILLs, seed ${SEED}, ${load.acknowledged.length} orders acknowledged\n`,
    );
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('has lost nothing that was acknowledged and recorded nothing twice', async () => {
    const facts = await wholeLog(dataDir);
    const byPosition = new Map(facts.map((fact) => [fact.position as string, fact]));
    const lost = load.acknowledged.filter(({ position }) => !byPosition.has(position));
    expect(lost).toEqual([]);
    expect(new Set(facts.map(({ metadata }) => metadata.commandId)).size).toBe(facts.length);
    expect(new Set(load.acknowledged.map(({ position }) => position)).size).toBe(
      new Set(load.acknowledged.map(({ order }) => order.key)).size,
    );
    // A load too small to be interrupted would prove nothing.
    expect(load.acknowledged.length).toBeGreaterThan(KILLS * 10);
  });

  it('has the read models that a fresh fold of its log gives', async () => {
    expect(await dumpReadModels(join(dataDir, READ_MODELS_FILE))).toEqual(
      await freshFold(await wholeLog(dataDir)),
    );
  });
});
