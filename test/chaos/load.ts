import type { Server } from '../e2e/support/server';

/** An order of the load: the same key and body each time it is sent. */
export interface LoadOrder {
  readonly key: string;
  readonly path: string;
  readonly body: object;
}

export interface Acknowledged {
  readonly order: LoadOrder;
  readonly position: string;
  readonly id: string;
}

const DECISION = { authority: 'UBND xã', date: '2024-01-10' };
const COMMUNES = ['10101', '10102', '10201'];

/** The units of the load: one province, two districts, three communes, each with a total. */
export function unitOrders(): readonly LoadOrder[] {
  const unit = (code: string, level: string, parentCode?: string): LoadOrder => ({
    key: `unit-${code}`,
    path: '/v1/units',
    body: { code, name: `Unit ${code}`, level, validFrom: '2020-01-01', ...(parentCode && { parentCode }) },
  });
  return [
    unit('10', 'province'),
    unit('101', 'district', '10'),
    unit('102', 'district', '10'),
    unit('10101', 'commune', '101'),
    unit('10102', 'commune', '101'),
    unit('10201', 'commune', '102'),
    ...COMMUNES.map((code) => ({
      key: `total-${code}`,
      path: `/v1/units/${code}/totals`,
      body: { on: '2023-12-31', group: 'all', households: 5_000, source: 'register' },
    })),
  ];
}

/** A household's year: registered, poor, escaped, moved, poor again; each order builds on the one before. */
export function householdOrders(id: string, index: number): readonly LoadOrder[] {
  const unit = COMMUNES[index % 3];
  const toUnit = COMMUNES[(index + 1) % 3];
  const at = `/v1/households/${id}`;
  const decision = (number: number) => ({ ...DECISION, number: `${number}/QĐ` });
  const standard = 'VN-2022';
  const review = {
    standard,
    channel: 'regular',
    areaType: 'rural',
    incomeScore: 100,
    deprivations: [1, 4, 9],
  };
  return [
    {
      path: '/v1/households',
      body: {
        householdId: id,
        unit,
        registeredOn: '2024-01-01',
        members: 1 + (index % 6),
        groups: index % 2 ? ['merit'] : [],
      },
    },
    {
      path: `${at}/reviews`,
      body: { ...review, effectiveOn: '2024-01-15', outcome: 'poor', decision: decision(1) },
    },
    {
      path: `${at}/escapes`,
      body: {
        standard,
        effectiveOn: '2024-04-15',
        to: index % 2 ? 'near-poor' : 'above',
        decision: decision(2),
      },
    },
    { path: `${at}/moves`, body: { effectiveOn: '2024-05-02', toUnit, members: 3 } },
    { path: `${at}/re-poverty-flags`, body: { standard, effectiveOn: '2024-07-01', decision: decision(3) } },
    { path: `${at}/details`, body: { effectiveOn: '2024-03-01', members: 2 + (index % 4) } },
  ].map((order, step) => ({ ...order, key: `${id}-${step}` }));
}

/**
 * Sends households' orders with several clients until the server is gone. An order without an answer is
 * kept, to be sent again: nobody knows whether it was recorded.
 */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  private unanswered: (readonly LoadOrder[])[] = [];
  private next = 0;

  constructor(private readonly clients: number) {}

  async prepare(server: Server): Promise<void> {
    for (const order of unitOrders()) await this.send(server, order);
  }

  /** Resolves when every client has noticed that the server is gone. */
  async run(server: Server): Promise<void> {
    await Promise.all(Array.from({ length: this.clients }, () => this.client(server)));
  }

  private async client(server: Server): Promise<void> {
    for (;;) {
      const index = this.next;
      const orders = this.unanswered.pop() ?? householdOrders(`load-${this.next++}`, index);
      for (const [step, order] of orders.entries()) {
        if (await this.send(server, order)) continue;
        this.unanswered.push(orders.slice(step));
        return;
      }
    }
  }

  /** False when there was no answer. Any answer but "recorded" is a mistake of the load or of the server. */
  private async send(server: Server, order: LoadOrder): Promise<boolean> {
    const headers = { 'idempotency-key': order.key, 'x-actor': 'load' };
    const answer = await server
      .post<{ id: string; position: string }>(order.path, order.body, headers)
      .catch(() => undefined);
    if (!answer) return false;
    if (answer.status !== 201 && answer.status !== 200) {
      throw new Error(`${order.path} ${order.key}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    this.acknowledged.push({ order, position: answer.body.position, id: answer.body.id });
    return true;
  }
}
