import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CAUSES, POPULATION_GROUPS, STANDARDS } from '@ledger/standards';
import { ApiQuestion } from '../docs/api-order';

/** The standards as data: dates, thresholds and score rules, each value with its source and certainty. */
@ApiTags('Questions')
@Controller('v1/standards')
export class StandardsController {
  @Get()
  @ApiQuestion('standards', 'The poverty standards, population groups and causes')
  standards() {
    return { items: STANDARDS, groups: POPULATION_GROUPS, causes: CAUSES };
  }
}
