import type { UnitId } from '@ledger/kernel';
import { ofTotals, recorded } from '../testing';
import { day, HERE } from '../testing/sample-batches';
import { WaitingStreams } from './waiting-streams';

describe('streams that wait', () => {
  const torn = (): never => {
    throw new Error('torn');
  };
  const total = ofTotals(
    {
      ...{ type: 'HouseholdTotalDeclared', effectiveOn: day('2022-01-01'), unit: HERE, group: 'all' },
      ...{ households: 41, source: 'census-2019' },
    },
    day('2022-01-02'),
  );
  const facts = recorded([
    { ...total, undecodable: 'torn' },
    { ...total, undecodable: 'torn' },
  ]).map((one) => ({ recorded: one, recordedOn: day('2022-01-02') }));

  it('concern the unit of their totals, whether two torn ones arrive at once or one by one', () => {
    const [first, second] = facts;
    const atOnce = new WaitingStreams([], []);
    atOnce.decode(total.stream, facts, torn);
    const oneByOne = new WaitingStreams([], []);
    for (const one of [first, second]) if (one) oneByOne.decode(total.stream, [one], torn);
    expect(oneByOne.parked).toEqual(atOnce.parked);
    expect(oneByOne.parked.map(({ places }) => places)).toEqual<UnitId[][]>([[HERE]]);
  });
});
