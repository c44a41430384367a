import type { AreaType, UnitId } from '@ledger/kernel';
import type { ChangeUnit } from './change-unit';
import { created, day } from './testing/units';
import { given } from './testing/given';
import { unitRegistry } from './unit-registry';
import type { UnitFact } from './unit.facts';
import { COUNTRY } from './unit.facts';

const givenUnits = given(unitRegistry);

const PROVINCE = created('67@2004-01-01');
const DISTRICT = created('664@2004-01-01', '67@2004-01-01');
const EA_TLING = created('24640@2004-01-01', '664@2004-01-01', {
  areaType: 'urban',
  validTo: day('2025-06-30'),
});
const ALL = [PROVINCE, DISTRICT, EA_TLING];
const unit: UnitId = EA_TLING.unit;

const change = (more: Partial<ChangeUnit>): ChangeUnit => ({
  type: 'ChangeUnit',
  unit,
  effectiveOn: day('2019-01-01'),
  ...more,
});
const renamed = (effectiveOn: string, name: string): UnitFact => ({
  type: 'UnitRenamed',
  unit,
  effectiveOn: day(effectiveOn),
  name,
});
const retyped = (effectiveOn: string, areaType: AreaType): UnitFact => ({
  type: 'UnitRetyped',
  unit,
  effectiveOn: day(effectiveOn),
  areaType,
});
const abolished = (id: UnitId, effectiveOn: string): UnitFact => ({
  type: 'UnitAbolished',
  unit: id,
  effectiveOn: day(effectiveOn),
});

describe('Changing a unit', () => {
  it('records a new name and a new area type as two facts of one order', () => {
    givenUnits(...ALL)
      .when(change({ name: 'Xã Cư Jút', areaType: 'rural', legalBasis: '12/NQ' }))
      .thenFacts(
        { ...renamed('2019-01-01', 'Xã Cư Jút'), legalBasis: '12/NQ' },
        {
          type: 'UnitRetyped',
          unit,
          effectiveOn: day('2019-01-01'),
          areaType: 'rural',
          legalBasis: '12/NQ',
        },
      );
  });

  it('may be recorded late: a rename of 2019 after one of 2022', () => {
    givenUnits(...ALL, renamed('2022-01-01', 'B'))
      .when(change({ name: 'A' }))
      .thenFacts(renamed('2019-01-01', 'A'));
  });

  it('refuses a unit that is not known, as unknown', () => {
    givenUnits(...ALL)
      .when(change({ unit: '24640@2025-07-01', name: 'A' }))
      .thenRefused({ code: 'unit.unknown', field: 'unit', facts: { unit: '24640@2025-07-01' } });
  });

  it('refuses to change the country', () => {
    givenUnits()
      .when(change({ unit: COUNTRY, name: 'A' }))
      .thenRefused({ code: 'unit.country-stays', field: 'unit' });
  });

  it.each(['2003-12-31', '2025-07-01'])('refuses %s, a day outside the life of the unit', (outside) => {
    givenUnits(...ALL)
      .when(change({ name: 'A', effectiveOn: day(outside) }))
      .thenRefused({
        code: 'unit.outside-its-life',
        field: 'effectiveOn',
        got: outside,
        facts: { unit, day: outside, days: '2004-01-01..2025-06-30' },
      });
  });

  it('accepts the first and the last day of the life', () => {
    for (const edge of ['2004-01-01', '2025-06-30']) {
      givenUnits(...ALL)
        .when(change({ name: 'A', effectiveOn: day(edge) }))
        .thenFacts(renamed(edge, 'A'));
    }
  });

  it('refuses an order without a change', () => {
    givenUnits(...ALL)
      .when(change({ legalBasis: '12/NQ' }))
      .thenRefused({ code: 'unit.nothing-to-change' });
  });

  it('is unchanged when it is said again, even after the unit was abolished before that day', () => {
    const facts = [...ALL, renamed('2019-01-01', 'A')];
    givenUnits(...facts)
      .when(change({ name: 'A' }))
      .thenUnchangedAt(3);
    givenUnits(...facts, abolished(unit, '2018-01-01'))
      .when(change({ name: 'A' }))
      .thenUnchangedAt(3);
  });

  it('is unchanged when name and area type, or one of them, are said again', () => {
    const facts = [...ALL, renamed('2019-01-01', 'A'), retyped('2019-01-01', 'rural')];
    givenUnits(...facts)
      .when(change({ name: 'A', areaType: 'rural' }))
      .thenUnchangedAt(3);
    givenUnits(...facts)
      .when(change({ name: 'A' }))
      .thenUnchangedAt(3);
    givenUnits(...facts)
      .when(change({ areaType: 'rural' }))
      .thenUnchangedAt(4);
  });

  it('records only what was not said before', () => {
    givenUnits(...ALL, renamed('2019-01-01', 'A'))
      .when(change({ name: 'A', areaType: 'rural' }))
      .thenFacts({ type: 'UnitRetyped', unit, effectiveOn: day('2019-01-01'), areaType: 'rural' });
  });

  it('is another change on another day, with another basis, or after a later one for the same day', () => {
    givenUnits(...ALL, renamed('2018-01-01', 'A'))
      .when(change({ name: 'A' }))
      .thenFacts(renamed('2019-01-01', 'A'));
    givenUnits(...ALL, renamed('2019-01-01', 'A'))
      .when(change({ name: 'A', legalBasis: '12/NQ' }))
      .thenFacts({ ...renamed('2019-01-01', 'A'), legalBasis: '12/NQ' });
    givenUnits(...ALL, renamed('2019-01-01', 'A'), renamed('2019-01-01', 'B'))
      .when(change({ name: 'A' }))
      .thenFacts(renamed('2019-01-01', 'A'));
  });

  it('records a change to what is in force already', () => {
    givenUnits(...ALL)
      .when(change({ name: EA_TLING.name }))
      .thenFacts(renamed('2019-01-01', EA_TLING.name));
    givenUnits(...ALL)
      .when(change({ areaType: 'urban' }))
      .thenFacts({ type: 'UnitRetyped', unit, effectiveOn: day('2019-01-01'), areaType: 'urban' });
  });

  it('refuses a personal number in the name without repeating it', () => {
    givenUnits(...ALL)
      .when(change({ name: 'Xã 067085001234' }))
      .thenRefused({ code: 'text.personal-number', field: 'name', got: undefined });
  });
});

describe('Abolishing a unit', () => {
  it('records the first day without it', () => {
    givenUnits(...ALL)
      .when(change({ abolished: true }))
      .thenFacts(abolished(unit, '2019-01-01'));
    givenUnits(...ALL)
      .when(change({ abolished: true }))
      .thenNotices();
  });

  it.each([{ name: 'A' }, { areaType: 'rural' }] as const)('goes alone, not with %j', (other) => {
    givenUnits(...ALL)
      .when(change({ abolished: true, ...other }))
      .thenRefused({ code: 'unit.abolition-goes-alone', field: 'abolished' });
  });

  it.each(['2004-01-01', '2003-12-31'])('leaves the unit at least one day: not %s', (early) => {
    givenUnits(...ALL)
      .when(change({ abolished: true, effectiveOn: day(early) }))
      .thenRefused({ code: 'unit.abolished-before-it-began', field: 'effectiveOn', got: early });
  });

  it('refuses a day after the last day that it had from the start', () => {
    givenUnits(...ALL)
      .when(change({ abolished: true, effectiveOn: day('2025-07-01') }))
      .thenRefused({ code: 'unit.outside-its-life', facts: { days: '2004-01-01..2025-06-30' } });
  });

  it('is unchanged when it is said again, and refused on another day', () => {
    const facts = [...ALL, abolished(unit, '2019-01-01')];
    givenUnits(...facts)
      .when(change({ abolished: true }))
      .thenUnchangedAt(3);
    for (const other of ['2018-01-01', '2020-01-01']) {
      givenUnits(...facts)
        .when(change({ abolished: true, effectiveOn: day(other) }))
        .thenRefused({ code: 'unit.already-abolished', facts: { unit, lastDay: '2018-12-31' } });
    }
  });

  it('ends the days on which the unit may be changed', () => {
    givenUnits(...ALL, abolished(unit, '2019-01-01'))
      .when(change({ name: 'A' }))
      .thenRefused({
        code: 'unit.outside-its-life',
        facts: { unit, day: '2019-01-01', days: '2004-01-01..2018-12-31' },
      });
  });

  it('is accepted while parts live on, and says how many, counting through ended levels', () => {
    const second = created('24641@2004-01-01', '664@2004-01-01');
    const gone = created('24642@2004-01-01', '664@2004-01-01', { validTo: day('2010-12-31') });
    const notice = (id: UnitId, parts: number) => ({
      code: 'unit.has-living-parts',
      facts: { unit: id, parts },
    });
    givenUnits(...ALL, second, gone)
      .when(change({ unit: DISTRICT.unit, abolished: true }))
      .thenNotices(notice(DISTRICT.unit, 2));
    givenUnits(...ALL, second, gone, abolished(DISTRICT.unit, '2019-01-01'))
      .when(change({ unit: PROVINCE.unit, abolished: true, effectiveOn: day('2020-01-01') }))
      .thenNotices(notice(PROVINCE.unit, 2));
  });
});
