import type { DynamicModule, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Global, Inject, Injectable, Logger, Module } from '@nestjs/common';
import { AreaOrders, Communes } from '@ledger/areas';
import type { Engine } from '@ledger/engine';
import { readinessSources } from '@ledger/engine';
import type { EventStore } from '@ledger/event-sourcing';
import { HouseholdOrders } from '@ledger/households';
import type { ReadStore } from '@ledger/poverty-rates';
import { Librarian } from '@ledger/poverty-rates';
import type { ReadinessLimits, RunningProjection } from '@ledger/projections';
import { Readiness } from '@ledger/projections';

export type Clock = () => number;
export const CLOCK = Symbol('clock');
export const EVENT_STORE = Symbol('event store');
export const READ_STORE = Symbol('read store');
export const PROJECTION = Symbol('projection');
const ENGINE = Symbol('engine');

/** Large enough to catch up fast, small enough that what is recorded now is soon in the rates. */
const MAX_FACTS = 250;
/** A bite that a request hardly notices, where both share a thread. */
const MAX_FACTS_ON_SHARED_THREAD = 25;

/** Runs the projection as long as the application lives, and closes the engine after the last request. */
@Injectable()
export class EngineLife implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(PROJECTION) private readonly projection: RunningProjection,
    private readonly readiness: Readiness,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.readiness.begin();
    await this.projection.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.projection.stop();
    await this.engine.close();
  }
}

/** Binds the ports to the engine that the settings have chosen. */
@Global()
@Module({})
export class EngineModule {
  static on(engine: Engine, clock: Clock, limits: ReadinessLimits): DynamicModule {
    const logger = new Logger('Projection');
    const { eventStore, readStore } = engine;
    const areaOrders = new AreaOrders(eventStore, clock);
    const providers = [
      { provide: ENGINE, useValue: engine },
      { provide: CLOCK, useValue: clock },
      { provide: EVENT_STORE, useValue: eventStore satisfies EventStore },
      { provide: READ_STORE, useValue: readStore satisfies ReadStore },
      { provide: Librarian, useValue: new Librarian(readStore, eventStore) },
      { provide: AreaOrders, useValue: areaOrders },
      {
        provide: HouseholdOrders,
        useValue: new HouseholdOrders(eventStore, async () => new Communes(await areaOrders.book()), clock),
      },
      {
        provide: PROJECTION,
        useValue: engine.projection({
          maxFacts: MAX_FACTS,
          maxFactsOnSharedThread: MAX_FACTS_ON_SHARED_THREAD,
          onFailure: (error, waitMs) => logger.error(`tried again in ${waitMs} ms: ${String(error)}`),
        }),
      },
      { provide: Readiness, useValue: new Readiness(readinessSources(engine), clock, limits) },
      EngineLife,
    ];
    return {
      module: EngineModule,
      providers,
      exports: [
        CLOCK,
        EVENT_STORE,
        READ_STORE,
        Librarian,
        AreaOrders,
        HouseholdOrders,
        PROJECTION,
        Readiness,
      ],
    };
  }
}
