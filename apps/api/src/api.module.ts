import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Engine } from '@ledger/engine';
import type { ReadinessLimits } from '@ledger/projections';
import type { Clock } from './engine.module';
import { EngineModule } from './engine.module';
import { HealthController } from './health/health.controller';
import { Imports } from './imports/imports';
import { ImportsController } from './imports/imports.controller';
import { AREA_HANDLERS } from './orders/area-commands';
import { AreaOrdersController } from './orders/area-orders.controller';
import { HOUSEHOLD_HANDLERS } from './orders/household-commands';
import { HouseholdOrdersController } from './orders/household-orders.controller';
import { AskHandler } from './questions/ask';
import { Asker } from './questions/asker';
import { HouseholdQuestionsController } from './questions/household-questions.controller';
import { StandardsController } from './questions/standards.controller';
import { UnitQuestionsController } from './questions/unit-questions.controller';

@Module({})
export class ApiModule {
  static on(engine: Engine, clock: Clock, limits: ReadinessLimits): DynamicModule {
    return {
      module: ApiModule,
      imports: [CqrsModule.forRoot(), EngineModule.on(engine, clock, limits)],
      controllers: [
        HouseholdOrdersController,
        AreaOrdersController,
        HouseholdQuestionsController,
        UnitQuestionsController,
        StandardsController,
        ImportsController,
        HealthController,
      ],
      providers: [...HOUSEHOLD_HANDLERS, ...AREA_HANDLERS, AskHandler, Asker, Imports],
    };
  }
}
