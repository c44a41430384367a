import type { UnitId } from '@ledger/kernel';
import { DeclaredTotals } from './declared-totals';
import type { Declaration } from './denominator';
import { declarationOf, denominatorOf, lastDeclaration } from './denominator';
import { day } from './testing/units';

const declared = (on: string, households: number, persons?: number, source = 'census'): Declaration => ({
  on: day(on),
  households,
  ...(persons !== undefined && { persons }),
  source,
});

interface Question {
  readonly own: Declaration;
  /** The declaration of each commune. */
  readonly parts: readonly (Declaration | undefined)[];
}

function ask({ own, parts = [] }: Partial<Question>) {
  const on = day('2023-06-30');
  const totals = new DeclaredTotals();
  const communes = parts.map((part, index) => {
    const unit: UnitId = `0000${index}@2004-01-01`;
    const group = 'all';
    if (part)
      totals.enter({ type: 'HouseholdTotalDeclared', effectiveOn: part.on, unit, group, ...part }, part.on);
    return unit;
  });
  const [sum] = totals.sumsOf(communes, 'all', { from: on, to: on }, { count: parts.length });
  return denominatorOf({ own, sum: sum?.sum ?? { communes: 0, missing: 0, total: null }, on });
}

describe('The declaration that counts on a day', () => {
  const older = declared('2021-12-31', 100);
  const newer = declared('2022-12-31', 200);

  it('is the one of the latest day up to it, whichever arrived first', () => {
    expect(lastDeclaration([older, newer], day('2022-12-31'))).toBe(newer);
    expect(lastDeclaration([newer, older], day('2022-12-31'))).toBe(newer);
    expect(lastDeclaration([newer, older], day('2022-12-30'))).toBe(older);
    expect(lastDeclaration([newer, older], day('2021-12-30'))).toBeUndefined();
  });

  it('is the later arrival of two for one day', () => {
    const corrected = declared('2022-12-31', 210);
    expect(lastDeclaration([newer, corrected, older], day('2023-06-30'))).toBe(corrected);
  });

  it('is read from the fact', () => {
    const fact = {
      type: 'HouseholdTotalDeclared',
      unit: '67@2004-01-01',
      group: 'all',
      households: 5,
    } as const;
    const base = { ...fact, effectiveOn: day('2022-12-31'), source: 'census' };
    expect(declarationOf(base)).toEqual({ on: '2022-12-31', households: 5, source: 'census' });
    expect(declarationOf({ ...base, persons: 9 })).toMatchObject({ persons: 9 });
  });
});

describe('The denominator of a unit', () => {
  it('is its own declaration where there is nothing else', () => {
    expect(ask({ own: declared('2022-12-31', 1930, 8105) })).toEqual({
      total: { count: 1930, persons: 8105, on: '2022-12-31', source: 'census', basis: 'declared' },
      missing: 0,
      notices: [],
    });
  });

  it('is null, never 0, where a commune has none', () => {
    expect(ask({})).toEqual({
      total: null,
      missing: 0,
      notices: [{ code: 'total.missing', facts: { missing: 0, communes: 0 } }],
    });
  });

  it('is the sum over its communes where every one has a declaration', () => {
    expect(ask({ parts: [declared('2022-12-31', 100, 400), declared('2022-12-31', 50, 200)] })).toEqual({
      total: { count: 150, persons: 600, on: '2022-12-31', source: 'census', basis: 'summed' },
      missing: 0,
      notices: [],
    });
  });

  it('is null where one commune has none, and says how many', () => {
    expect(ask({ parts: [declared('2022-12-31', 100), undefined, undefined] })).toEqual({
      total: null,
      missing: 2,
      notices: [{ code: 'total.missing', facts: { missing: 2, communes: 3 } }],
    });
  });

  it('is its own declaration where the sum is incomplete, however old', () => {
    const answer = ask({ own: declared('2022-07-01', 170), parts: [declared('2023-01-01', 100), undefined] });
    expect(answer).toMatchObject({ total: { count: 170, basis: 'declared' }, missing: 1, notices: [] });
  });

  it('is its own declaration unless it is older than the oldest part of a complete sum', () => {
    const parts = [declared('2022-12-31', 100), declared('2023-03-31', 50)];
    const basis = (on: string) => ask({ own: declared(on, 150), parts }).total?.basis;
    expect(basis('2023-03-31')).toBe('declared');
    expect(basis('2022-12-31')).toBe('declared');
    expect(basis('2022-12-30')).toBe('summed');
  });

  it('dates a sum with its oldest part and calls its source mixed unless they agree', () => {
    const parts = [declared('2022-12-31', 1), declared('2022-07-01', 2), declared('2023-03-31', 3)];
    expect(ask({ parts }).total).toMatchObject({ count: 6, on: '2022-07-01', source: 'census' });
    expect(ask({ parts: [...parts, declared('2023-01-01', 4, 8, 'estimate')] }).total?.source).toBe('mixed');
    expect(ask({ parts: [declared('2023-01-01', 4, 8, 'estimate'), ...parts] }).total?.source).toBe('mixed');
  });

  it('tells the persons of a sum only where every part tells them', () => {
    const with400 = declared('2022-12-31', 100, 400);
    const without = declared('2022-12-31', 50);
    expect(ask({ parts: [with400, without] }).total).toMatchObject({ count: 150, persons: null });
    expect(ask({ parts: [without, with400] }).total).toMatchObject({ count: 150, persons: null });
    expect(ask({ parts: [with400, with400] }).total?.persons).toBe(800);
  });

  it('says when declaration and complete sum differ, whichever of them is used', () => {
    const parts = [declared('2022-12-31', 100), declared('2023-03-31', 50)];
    const differs = (declaredOn: string) => ({
      code: 'total.differs-from-sum',
      facts: { declared: 160, declaredOn, summed: 150, summedOn: '2022-12-31' },
    });
    expect(ask({ own: declared('2023-03-31', 160), parts })).toMatchObject({
      total: { count: 160 },
      notices: [differs('2023-03-31')],
    });
    expect(ask({ own: declared('2022-12-01', 160), parts })).toMatchObject({
      total: { count: 150 },
      notices: [differs('2022-12-01')],
    });
    expect(ask({ own: declared('2023-03-31', 150), parts }).notices).toEqual([]);
    expect(ask({ own: declared('2023-03-31', 160), parts: [...parts, undefined] }).notices).toEqual([]);
  });

  it('is old when it is older than a year', () => {
    const notices = (on: string) => ask({ own: declared(on, 1) }).notices;
    expect(notices('2022-06-30')).toEqual([]);
    expect(notices('2022-06-29')).toEqual([{ code: 'total.old', facts: { totalOn: '2022-06-29' } }]);
    const parts = [declared('2022-06-29', 1), declared('2023-06-30', 1)];
    expect(ask({ parts }).notices).toEqual([{ code: 'total.old', facts: { totalOn: '2022-06-29' } }]);
  });

  it('can be asked in the first year of the country', () => {
    const own = declared('1945-12-31', 1);
    const sum = { communes: 0, missing: 0, total: null };
    expect(denominatorOf({ own, sum, on: day('1946-01-01') }).notices).toEqual([]);
  });

  it('stays 0 when 0 households were declared', () => {
    expect(ask({ own: declared('2022-12-31', 0, 0) }).total).toMatchObject({ count: 0, persons: 0 });
    expect(ask({ parts: [declared('2022-12-31', 0)] }).total).toMatchObject({ count: 0, basis: 'summed' });
  });
});
