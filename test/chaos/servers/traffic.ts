import type { LoadOrder } from '../load';
import { householdOrders, unitOrders } from '../load';
import { pause } from '../../e2e/support/server';
import type { Api, Reply } from './api';
import { LONGEST_ANSWER_MS, eventually } from './api';
import type { Figures } from './model';
import { idOf, ON, UNITS } from './model';

export interface Acknowledged {
  readonly order: LoadOrder;
  readonly position: string;
}

/** What a question was told, to be held against the log afterwards. */
export interface Told {
  readonly position: string;
  readonly atLeast: string | undefined;
  readonly about: { readonly unit: string } | { readonly household: string };
  readonly body: Figures & {
    readonly revision: number;
    readonly members: number;
    readonly unit: { readonly code: string };
    readonly statuses: Readonly<Record<string, string>>;
  };
}

export interface TrafficOptions {
  /** Whom to send to; a client turns to any of them with each attempt. */
  readonly apis: () => readonly Api[];
  readonly writers?: number;
  /** Processes are killed: requests without an answer are no mistake. */
  readonly mayDie?: boolean;
}

/** An order that is refused this long is one too long: nothing is broken for as long as that. */
const LONGEST_REFUSAL_MS = 60_000;
/** The load is to be interrupted, not to wear the machine out. */
const BREATH_MS = 10;
/** After a 503 a client gives an order up for good, now and then: nobody knows whether it was recorded. */
const GIVEN_UP = 0.25;

/** Among the households' orders, one that adds to a list: later than {@link ON}, so that no rate is another. */
const TOTAL_EVERY = 3;
const totalOrder = (id: string, index: number): LoadOrder => ({
  key: `total-${id}`,
  path: '/v1/units/10101/totals',
  body: { on: dayAfterOn(index), group: 'all', households: 4_000 + index, source: 'register' },
});
const dayAfterOn = (index: number): string =>
  new Date(Date.parse('2025-01-01') + (index % 365) * 86_400_000).toISOString().slice(0, 10);

/**
 * Clients that give orders and clients that ask, all the time. Orders without an answer, and those answered 503, are
 * given again with the same key until they are acknowledged, or never again. Whatever else is answered is wrong.
 */
export class Traffic {
  readonly acknowledged: Acknowledged[] = [];
  readonly told: Told[] = [];
  readonly wrong: string[] = [];
  readonly count = { orders503: 0, questions503: 0, unanswered: 0, givenUp: 0, longestMs: 0 };
  /** And a position at which each is known. */
  private readonly households = new Map<string, string>();
  private furthest = '';
  private latest: string | undefined;
  /** A position at which the units are known. */
  private unitsAt: string | undefined;
  private next = 0;
  private running = false;
  private clients: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: TrafficOptions) {}

  /** Units to ask about, and some households. Needs no projector. */
  async prepare(households = 3): Promise<void> {
    this.running = true;
    for (const order of unitOrders()) await this.give(order);
    this.unitsAt = this.latest;
    for (let household = 0; household < households; household++) await this.household(false);
    this.running = false;
  }

  start(): void {
    const { writers = 6 } = this.options;
    this.running = true;
    this.clients = Promise.all([
      ...Array.from({ length: writers }, () => this.whileRunning(() => this.household(true))),
      ...[true, true, false, false].map((waits) => this.whileRunning(() => this.question(waits))),
    ]);
  }

  /** Ends with what is under way. */
  async stop(): Promise<void> {
    this.running = false;
    await this.clients;
  }

  /** Goes on while something happens, and until so many orders more have been acknowledged after it. */
  async during(happens: () => Promise<void>, before = 20, after = 20): Promise<void> {
    this.start();
    try {
      await this.more(before);
      await happens();
      await this.more(after);
    } finally {
      await this.stop();
    }
  }

  /** Waits until so many orders more are acknowledged. */
  async more(orders: number, withinMs = 45_000): Promise<void> {
    const enough = this.acknowledged.length + orders;
    await eventually(`${orders} orders more`, withinMs, () => {
      if (this.wrong.length > 0) throw new Error(this.wrong[0]);
      return this.acknowledged.length >= enough;
    });
  }

  /** Waits until somebody has been told what was acknowledged last when this was called. */
  async seen(withinMs = 30_000): Promise<void> {
    const { latest = '' } = this;
    await eventually('answers that know the last order', withinMs, () => this.furthest >= latest);
  }

  /** In figures, for whoever reads the run. */
  tell(what: string): void {
    const { acknowledged, told, count } = this;
    const { orders503, questions503, givenUp, unanswered, longestMs } = count;
    process.stdout.write(
      `${what}: ${acknowledged.length} orders acknowledged (${orders503} times 503, ${givenUp} given up), ` +
        `${told.length} questions answered (${questions503} times 503), ${unanswered} requests without an answer, ` +
        `the longest took ${longestMs} ms\n`,
    );
  }

  get latestPosition(): string | undefined {
    return this.latest;
  }

  private async whileRunning(work: () => Promise<void>): Promise<void> {
    while (this.running) {
      await work();
      await pause(BREATH_MS);
    }
  }

  private async household(mayStop: boolean): Promise<void> {
    const index = this.next++;
    const id = idOf(index);
    if (index % TOTAL_EVERY === 0) await this.give(totalOrder(id, index), mayStop);
    for (const order of householdOrders(id, index)) {
      if (mayStop && !this.running) return;
      if (!(await this.give(order, mayStop))) return;
      if (!this.households.has(id)) this.households.set(id, this.latest as string);
    }
  }

  /** False when it was given up. */
  private async give(order: LoadOrder, mayGiveUp = false): Promise<boolean> {
    const headers = { 'idempotency-key': order.key, 'x-actor': 'load' };
    const begun = performance.now();
    while (performance.now() - begun < LONGEST_REFUSAL_MS) {
      const answer = await this.asked(order.path, (api) =>
        api.post<{ position: string }>(order.path, order.body, headers),
      );
      if (answer?.status === 201 || answer?.status === 200) {
        const { position } = answer.body;
        this.acknowledged.push({ order, position });
        if (this.latest === undefined || position > this.latest) this.latest = position;
        return true;
      }
      if (answer) {
        if (!this.isHonest503(answer, order.path)) return false;
        this.count.orders503++;
      }
      if (mayGiveUp && Math.random() < GIVEN_UP) {
        this.count.givenUp++;
        return false;
      }
      await pause(20 + Math.random() * 80);
    }
    this.wrong.push(`${order.path} ${order.key}: refused for ${LONGEST_REFUSAL_MS} ms`);
    return false;
  }

  private async question(waits: boolean): Promise<void> {
    const units = Object.keys(UNITS);
    const households = [...this.households].slice(-50);
    const household = households[Math.floor(Math.random() * households.length)];
    const asksUnit = !household || Math.random() < 0.5;
    const unit = units[Math.floor(Math.random() * units.length)] as string;
    const path = asksUnit ? `/v1/units/${unit}/rates` : `/v1/households/${household[0]}`;
    // Who asks without a position of the last order names that of the registration: else a 404 would be right.
    const atLeast = waits ? this.latest : asksUnit ? this.unitsAt : household[1];
    const answer = await this.asked(path, (api) =>
      api.get<Told['body'] & { position: string }>(path, { on: ON, atLeast }),
    );
    if (!answer) return void (await pause(20));
    if (answer.status !== 200) {
      if (this.isHonest503(answer, path)) this.count.questions503++;
      return void (await pause(20));
    }
    const { body } = answer;
    const about = asksUnit ? { unit } : { household: household[0] };
    if (body.position > this.furthest) this.furthest = body.position;
    this.told.push({ position: body.position, atLeast, about, body });
  }

  private async asked<Body>(
    path: string,
    ask: (api: Api) => Promise<Reply<Body>>,
  ): Promise<Reply<Body> | undefined> {
    const apis = this.options.apis();
    const api = apis[Math.floor(Math.random() * apis.length)];
    if (!api) throw new Error('nobody to ask');
    const begun = performance.now();
    try {
      return await ask(api);
    } catch (error) {
      this.count.unanswered++;
      const ms = performance.now() - begun;
      if (!this.options.mayDie || ms > LONGEST_ANSWER_MS)
        this.wrong.push(
          `${path}: no answer in ${Math.round(ms)} ms: ${String(error)} ${String((error as Error).cause)}`,
        );
      return undefined;
    } finally {
      this.count.longestMs = Math.max(this.count.longestMs, Math.round(performance.now() - begun));
    }
  }

  /** As a client that knows nothing of us must understand it: try again, then. */
  private isHonest503({ status, headers, body }: Reply, path: string): boolean {
    const type = headers.get('content-type') ?? '';
    const honest =
      status === 503 &&
      /^\d+$/.test(headers.get('retry-after') ?? '') &&
      type.startsWith('application/problem+json');
    if (!honest) this.wrong.push(`${path}: ${status} ${type} ${JSON.stringify(body)}`);
    return honest;
  }
}
