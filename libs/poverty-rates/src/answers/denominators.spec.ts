import type { TotalsFact, UnitFact } from '@ledger/areas';
import { COUNTRY, DeclaredTotals, UnitTree } from '@ledger/areas';
import type { UnitId } from '@ledger/kernel';
import { splitUnitId } from '@ledger/kernel';
import { day, ELSEWHERE, HERE, THERE } from '../testing/sample-batches';
import { Denominators } from './denominators';

const PROVINCE: UnitId = '66@1991-08-12';

function created(unit: UnitId, parent: UnitId): UnitFact {
  const { code = '', validFrom = day('2004-01-01') } = splitUnitId(unit) ?? {};
  const level = code.length === 2 ? 'province' : 'commune';
  return { type: 'UnitCreated', effectiveOn: validFrom, unit, code, name: code, level, parent };
}

const abolished = (unit: UnitId, effectiveOn: string): UnitFact => ({
  type: 'UnitAbolished',
  unit,
  effectiveOn: day(effectiveOn),
});

const UNITS = [created(PROVINCE, COUNTRY), created(HERE, PROVINCE), created(THERE, PROVINCE)];

type Told = readonly [unit: UnitId, on: string, households: number, source?: string];

function denominators(told: readonly Told[], acts: readonly UnitFact[] = []) {
  const totals = new DeclaredTotals();
  for (const [unit, on, households, source = 'census'] of told) {
    const fact: TotalsFact = {
      ...{ type: 'HouseholdTotalDeclared', unit, group: 'all' },
      ...{ effectiveOn: day(on), households, source },
    };
    totals.enter(fact, day(on));
  }
  const tree = UnitTree.of([...UNITS, ...acts]);
  return new Denominators(tree, totals, { count: told.length });
}

describe('The denominator of a unit', () => {
  const told: readonly Told[] = [
    [HERE, '2021-12-31', 100],
    [THERE, '2021-12-31', 50],
    [HERE, '2022-12-31', 110],
    [THERE, '2022-12-31', 60],
  ];

  it('is the sum over its communes of the day, asked in whatever order', () => {
    const all = denominators(told);
    const count = (on: string) => all.on(PROVINCE, 'all', day(on)).total?.count;
    const days = ['2023-06-30', '2022-12-30', '2022-12-31', '2021-12-31', '2021-12-30', '2022-12-30'];
    expect(days.map(count)).toEqual([170, 150, 170, 150, undefined, 150]);
    expect(all.on(COUNTRY, 'all', day('2022-12-31')).total).toMatchObject({ count: 170, basis: 'summed' });
    expect(all.on(HERE, 'all', day('2022-12-31')).total).toMatchObject({ count: 110, basis: 'declared' });
  });

  it('has no part of a commune that is gone, and misses one that is new', () => {
    const acts = [
      abolished(THERE, '2022-07-01'),
      created(ELSEWHERE, PROVINCE),
      abolished(ELSEWHERE, '2022-02-01'),
    ];
    const all = denominators(told, acts);
    const of = (on: string) => all.on(PROVINCE, 'all', day(on));
    expect(of('2022-01-31')).toMatchObject({ total: null, missing: 1 });
    expect(of('2022-02-01').total?.count).toBe(150);
    expect(of('2022-06-30').total?.count).toBe(150);
    expect(of('2022-07-01').total?.count).toBe(100);
    expect(of('2022-12-31').total?.count).toBe(110);
    const backwards = denominators(told, acts);
    const days = ['2022-12-31', '2022-07-01', '2022-06-30', '2022-02-01'];
    expect(days.map((on) => backwards.on(PROVINCE, 'all', day(on)).total?.count)).toEqual([
      110, 100, 150, 150,
    ]);
    expect(all.on(THERE, 'all', day('2022-07-01'))).toEqual({ total: null, missing: 0, notices: [] });
  });

  it('comes from another source from the day on which that is declared', () => {
    const all = denominators([
      ...told,
      [HERE, '2023-03-31', 111, 'estimate'],
      [THERE, '2023-05-31', 61, 'estimate'],
    ]);
    const sources = (from: string, to: string) => all.sources(PROVINCE, 'all', day(from), day(to));
    const changes = [
      { on: '2022-12-31', source: 'census' },
      { on: '2023-03-31', source: 'mixed' },
      { on: '2023-05-31', source: 'estimate' },
    ];
    expect(sources('2021-12-01', '2023-12-31')).toEqual([{ on: '2021-12-31', source: 'census' }, ...changes]);
    expect(sources('2022-06-30', '2023-05-30')).toEqual([
      { on: '2022-06-30', source: 'census' },
      ...changes.slice(0, 2),
    ]);
    expect(all.on(PROVINCE, 'all', day('2023-04-30')).total?.source).toBe('mixed');
  });

  it('is its own from the day of its own declaration', () => {
    const all = denominators([...told, [PROVINCE, '2023-01-31', 175, 'survey'], [HERE, '2022-12-31', 111]]);
    expect(all.sources(PROVINCE, 'all', day('2022-12-31'), day('2024-12-31'))).toEqual([
      { on: '2022-12-31', source: 'census' },
      { on: '2023-01-31', source: 'survey' },
    ]);
    expect(all.on(PROVINCE, 'all', day('2023-01-30')).total?.count).toBe(171);
    expect(all.on(PROVINCE, 'all', day('2023-01-31')).total?.count).toBe(175);
  });
});
