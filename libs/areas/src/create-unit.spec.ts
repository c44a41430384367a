import type { CreateUnit } from './create-unit';
import { created, day } from './testing/units';
import { given } from './testing/given';
import { unitRegistry } from './unit-registry';
import { COUNTRY } from './unit.facts';

const givenUnits = given(unitRegistry);

const DAK_NONG = created('67@2004-01-01', COUNTRY, { name: 'Tỉnh Đắk Nông', validTo: day('2025-06-30') });
const GIA_NGHIA = created('660@2005-06-27', '67@2004-01-01', { validTo: day('2025-06-30') });
const NGHIA_DUC = created('24611@2005-06-27', '660@2005-06-27', { validTo: day('2025-06-30') });
const LAM_DONG = created('68@2004-01-01');

const order: CreateUnit = {
  type: 'CreateUnit',
  code: '24611',
  name: 'Phường Nghĩa Đức',
  level: 'commune',
  parentCode: '660',
  areaType: 'urban',
  validFrom: day('2005-06-27'),
  validTo: day('2025-06-30'),
  legalBasis: '82/2005/NĐ-CP',
};
const fact = {
  ...created('24611@2005-06-27', '660@2005-06-27'),
  name: 'Phường Nghĩa Đức',
  areaType: 'urban',
  validTo: day('2025-06-30'),
  legalBasis: '82/2005/NĐ-CP',
} as const;
const province: CreateUnit = {
  type: 'CreateUnit',
  code: '67',
  name: 'Tỉnh Đắk Nông',
  level: 'province',
  validFrom: day('2004-01-01'),
};

describe('Creating a unit', () => {
  it('records it whole, its parent being the unit that bears the code on its first day', () => {
    givenUnits(DAK_NONG, GIA_NGHIA).when(order).thenFacts(fact);
    givenUnits(DAK_NONG, GIA_NGHIA).when(order).thenNotices();
  });

  it('puts a province under the country, named or not', () => {
    const { validTo: _open, ...openEnded } = DAK_NONG;
    givenUnits().when(province).thenFacts(openEnded);
    givenUnits()
      .when({ ...province, parentCode: 'VN' })
      .thenFacts(openEnded);
  });

  it('takes the later of two provinces that bear one code one after the other', () => {
    const later = created('67@2025-07-01');
    givenUnits(DAK_NONG, later)
      .when({ ...order, parentCode: '67', validFrom: day('2025-07-01'), validTo: undefined })
      .thenFacts({
        ...created('24611@2025-07-01', '67@2025-07-01'),
        name: 'Phường Nghĩa Đức',
        areaType: 'urban',
        legalBasis: '82/2005/NĐ-CP',
      });
  });

  it('may lie ahead, as laws are published ahead', () => {
    const ahead: CreateUnit = { ...province, code: '99', validFrom: day('2099-01-01') };
    givenUnits()
      .when(ahead)
      .thenFacts({ ...created('99@2099-01-01'), name: 'Tỉnh Đắk Nông' });
  });

  it.each([
    ['province', '670'],
    ['province', 'VN'],
    ['district', '67'],
    ['commune', '2461'],
    ['commune', '24611x'],
  ] as const)('refuses a %s with the code %s', (level, code) => {
    givenUnits(DAK_NONG)
      .when({ ...order, level, code })
      .thenRefused({ code: 'unit.code-shape', field: 'code', got: code });
  });

  it('refuses a last day before the first, and accepts a life of one day', () => {
    givenUnits()
      .when({ ...province, validTo: day('2003-12-31') })
      .thenRefused({ code: 'unit.valid-to-before-valid-from', field: 'validTo', got: '2003-12-31' });
    givenUnits()
      .when({ ...province, validTo: day('2004-01-01') })
      .thenFacts({ ...DAK_NONG, validTo: day('2004-01-01') });
  });

  it('refuses a first day before the country', () => {
    givenUnits()
      .when({ ...province, validFrom: '1945-09-01' as typeof order.validFrom })
      .thenRefused({ code: 'unit.before-the-country', field: 'validFrom', got: '1945-09-01' });
  });

  it('refuses a parent that is not known, or not alive on the first day', () => {
    givenUnits(DAK_NONG)
      .when(order)
      .thenRefused({ code: 'unit.parent-unknown', field: 'parentCode', got: '660' });
    givenUnits(DAK_NONG, GIA_NGHIA)
      .when({ ...order, validFrom: day('2025-07-01'), validTo: undefined })
      .thenRefused({ code: 'unit.parent-unknown', field: 'parentCode', got: '660' });
  });

  it('refuses a parent of the wrong level', () => {
    const wrong = { code: 'unit.parent-level', field: 'parentCode' };
    givenUnits(DAK_NONG, GIA_NGHIA, NGHIA_DUC)
      .when({ ...order, code: '24612', parentCode: '24611' })
      .thenRefused({ ...wrong, got: '24611' });
    givenUnits(DAK_NONG)
      .when({ ...order, parentCode: undefined })
      .thenRefused({ ...wrong, got: null });
    givenUnits(DAK_NONG, GIA_NGHIA)
      .when({ ...order, level: 'district', code: '661' })
      .thenRefused({ ...wrong, got: '660' });
    givenUnits(DAK_NONG)
      .when({ ...province, code: '68', parentCode: '67' })
      .thenRefused({ ...wrong, got: '67' });
  });

  it('lets a code live again the day after, whichever life is recorded first', () => {
    const bacGiaNghia: CreateUnit = {
      ...order,
      name: 'Phường Bắc Gia Nghĩa',
      parentCode: '68',
      validFrom: day('2025-07-01'),
      validTo: undefined,
    };
    const second = {
      ...created('24611@2025-07-01', '68@2004-01-01', { name: 'Phường Bắc Gia Nghĩa', areaType: 'urban' }),
      legalBasis: '82/2005/NĐ-CP',
    };
    givenUnits(DAK_NONG, GIA_NGHIA, NGHIA_DUC, LAM_DONG).when(bacGiaNghia).thenFacts(second);
    givenUnits(DAK_NONG, GIA_NGHIA, LAM_DONG, second).when(order).thenFacts(fact);
  });

  it('refuses a second life of a code that shares days with another, naming the days of the other', () => {
    const inUse = { code: 'unit.code-in-use', field: 'code', got: '24611' };
    givenUnits(DAK_NONG, GIA_NGHIA, NGHIA_DUC, LAM_DONG)
      .when({ ...order, parentCode: '68', validFrom: day('2025-06-30'), validTo: undefined })
      .thenRefused({ ...inUse, facts: { unit: '24611', days: '2005-06-27..2025-06-30' } });
    givenUnits(DAK_NONG, GIA_NGHIA, LAM_DONG, created('24611@2025-07-01', '68@2004-01-01'))
      .when({ ...order, validTo: undefined })
      .thenRefused({ ...inUse, facts: { unit: '24611', days: '2025-07-01..' } });
  });

  it('lets a code live again once its bearer is abolished', () => {
    const { validTo: _open, ...open } = NGHIA_DUC;
    const abolished = { type: 'UnitAbolished', unit: open.unit, effectiveOn: day('2025-07-01') } as const;
    const again = { ...order, validFrom: day('2025-07-01'), validTo: undefined, parentCode: '68' };
    const second = created('24611@2025-07-01', '68@2004-01-01', {
      name: order.name,
      areaType: 'urban',
      legalBasis: '82/2005/NĐ-CP',
    });
    givenUnits(DAK_NONG, GIA_NGHIA, LAM_DONG, open).when(again).thenRefused({ code: 'unit.code-in-use' });
    givenUnits(DAK_NONG, GIA_NGHIA, LAM_DONG, open, abolished).when(again).thenFacts(second);
  });

  it('is unchanged when it is said again, even when the parent has ended meanwhile', () => {
    givenUnits(DAK_NONG, GIA_NGHIA, fact).when(order).thenUnchangedAt(2);
    givenUnits(DAK_NONG, GIA_NGHIA, fact, {
      type: 'UnitAbolished',
      unit: GIA_NGHIA.unit,
      effectiveOn: day('2005-06-28'),
    })
      .when(order)
      .thenUnchangedAt(2);
    givenUnits({ ...DAK_NONG, validTo: undefined })
      .when(province)
      .thenUnchangedAt(0);
  });

  it.each([
    { name: 'Phường Khác' },
    { areaType: 'rural' },
    { validTo: undefined },
    { legalBasis: undefined },
    { parentCode: '67' },
  ] as const)('refuses the same unit with other content: %j', (other) => {
    givenUnits(DAK_NONG, GIA_NGHIA, fact)
      .when({ ...order, ...other })
      .thenRefused({ code: 'unit.already-exists', field: 'code', facts: { unit: '24611@2005-06-27' } });
  });

  it('accepts a unit that outlives its parent, and says so', () => {
    givenUnits(DAK_NONG, GIA_NGHIA)
      .when({ ...order, validTo: undefined })
      .thenNotices({
        code: 'unit.outlives-parent',
        facts: { parent: '660@2005-06-27', parentLastDay: '2025-06-30' },
      });
  });

  it.each(['name', 'legalBasis'])('refuses a personal number in %s without repeating it', (field) => {
    givenUnits(DAK_NONG, GIA_NGHIA)
      .when({ ...order, [field]: 'ông A, CCCD 067085001234' })
      .thenRefused({ code: 'text.personal-number', field, got: undefined });
  });
});
