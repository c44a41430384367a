import { OneOf } from '@ledger/orders';

export class ImportQueryDto {
  @OneOf(['true', 'false'], {
    optional: true,
    description: 'true: decide every row and record nothing',
    example: 'true',
  })
  dryRun?: 'true' | 'false';
}
