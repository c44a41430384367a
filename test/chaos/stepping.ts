import { AreaOrders, Communes } from '@ledger/areas';
import type { EmbeddedEngine } from '@ledger/embedded';
import { openEmbeddedEngine } from '@ledger/embedded';
import type { OrderContext, Receipt } from '@ledger/event-sourcing';
import { HouseholdOrders } from '@ledger/households';
import { parseDay } from '@ledger/kernel';
import { positionIn, Projector } from '@ledger/poverty-rates';
import { v5 as uuidv5 } from 'uuid';

export interface Stepping {
  readonly dataDir: string;
  /** The process ends itself, as a kill would, when it comes to this step for the so-manieth time. */
  readonly step?: string;
  readonly times: number;
}

const HOUSEHOLDS = 12;
const day = parseDay;
const clock = (): number => Date.parse('2024-06-01T03:00:00Z');
const ORDERS = '3b0f7c52-8f3e-5c39-9a53-2d8a1f3c7e11';
const idOf = (order: string): string => uuidv5(order, ORDERS);
const context = (order: string): OrderContext => ({
  commandId: idOf(order),
  requestHash: order,
  recordedBy: 'officer-1',
  correlationId: idOf(order),
});

/**
 * Gives the same orders in the same order each time, projects after each few, and prints what was
 * acknowledged: run it again after it ended at any step, and it must come to the same end.
 */
export async function runStepping({ dataDir, step, times }: Stepping): Promise<void> {
  let left = times;
  const onStep = (reached: string): void => {
    if (reached === step && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
  const engine = await openEmbeddedEngine(dataDir, { purpose: 'stepping', clock, onStep });
  const projector = new Projector(engine.readStore);
  let given = 0;
  for (const { order, give } of orders(engine)) {
    const { position } = await give();
    process.stdout.write(`${JSON.stringify({ commandId: idOf(order), position })}\n`);
    if (++given % 4 === 0) await projectRest(engine, projector);
  }
  await projectRest(engine, projector);
  await engine.close();
  process.stdout.write('"done"\n');
}

function* orders(engine: EmbeddedEngine): Generator<{ order: string; give: () => Promise<Receipt> }> {
  const areas = new AreaOrders(engine.eventStore, clock);
  const households = new HouseholdOrders(
    engine.eventStore,
    async () => new Communes(await areas.book()),
    clock,
  );
  const validFrom = day('2020-01-01');
  const units = [
    { code: '10', name: 'Tỉnh A', level: 'province', validFrom },
    { code: '10101', name: 'Xã B', level: 'commune', parentCode: '10', validFrom },
    { code: '10102', name: 'Xã C', level: 'commune', parentCode: '10', validFrom },
  ] as const;
  for (const unit of units) {
    const order = `unit-${unit.code}`;
    yield { order, give: () => areas.create(unit, context(order)) };
  }
  const total = { on: day('2023-12-31'), group: 'all', households: 900, source: 'register' };
  yield { order: 'total', give: () => areas.declareTotal('10101', total, context('total')) };
  const decision = { number: '7/QĐ-UBND', date: day('2024-01-10'), authority: 'UBND xã' };
  const under = { standard: 'VN-2022', decision } as const;
  for (let index = 0; index < HOUSEHOLDS; index++) {
    const id = `h-${index}`;
    const one = (order: string, request: Parameters<HouseholdOrders['execute']>[1]) => ({
      order,
      give: () => households.execute(id, request, context(order)),
    });
    yield one(`${id} registered`, {
      ...{ type: 'RegisterHousehold', unit: '10101', registeredOn: day('2024-01-01'), members: 3 },
      groups: index % 2 === 0 ? ['ethnic-minority'] : [],
    });
    yield one(`${id} reviewed`, {
      ...{ type: 'RecordReview', ...under, channel: 'regular', effectiveOn: day('2024-02-01') },
      ...{ areaType: 'rural', outcome: 'poor', incomeScore: 100, deprivations: [1, 4, 9] },
    });
    yield one(`${id} moved`, { type: 'MoveHousehold', effectiveOn: day('2024-03-01'), toUnit: '10102' });
    yield one(`${id} escaped`, {
      ...{ type: 'MarkEscaped', ...under, channel: 'regular', effectiveOn: day('2024-02-15'), to: 'above' },
    });
  }
}

async function projectRest({ eventStore, readStore }: EmbeddedEngine, projector: Projector): Promise<void> {
  const head = await eventStore.head();
  const { signal } = new AbortController();
  const after = await positionIn(readStore);
  if (after === head) return;
  for await (const page of eventStore.follow({ after, maxFacts: 5, signal })) {
    await projector.project(page);
    if (page.position >= head) return;
  }
}
