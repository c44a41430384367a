import { dayAfter, parseDay, textOf } from '@ledger/kernel';
import { VN_2011 } from './data/vn-2011';
import { VN_2027 } from './data/vn-2027';
import {
  findStandard,
  predecessorOf,
  requireStandard,
  STANDARD_IDS,
  standardOn,
  STANDARDS,
  successorOf,
} from './standards';
import { standardsTexts } from './texts';

const idOn = (day: string): string => standardOn(parseDay(day)).id;

describe('the standard of a day', () => {
  it.each([
    ['2011-01-01', 'VN-2011'],
    ['2015-12-31', 'VN-2011'],
    ['2016-01-01', 'VN-2016'],
    ['2022-01-01', 'VN-2022'],
    ['2027-01-01', 'VN-2027'],
    ['2030-12-31', 'VN-2027'],
  ])('on %s is %s', (day, id) => expect(idOn(day)).toBe(id));

  it('outlives the period in its title: VN-2016 applies in 2021 and VN-2022 in 2026', () => {
    expect([idOn('2021-01-01'), idOn('2021-12-31')]).toEqual(['VN-2016', 'VN-2016']);
    expect([idOn('2026-01-01'), idOn('2026-12-31')]).toEqual(['VN-2022', 'VN-2022']);
  });

  it('is not the one in force by its decree: the decree of VN-2022 was in force from March 2021', () => {
    expect(requireStandard('VN-2022').inForceOn < '2021-06-01').toBe(true);
    expect(idOn('2021-06-01')).toBe('VN-2016');
  });

  it('before the first and after the last of them is the nearest one', () => {
    expect(idOn('1945-09-02')).toBe('VN-2011');
    expect(idOn('2010-12-31')).toBe('VN-2011');
    expect(idOn('2031-01-01')).toBe('VN-2027');
  });
});

describe('the standards', () => {
  it('follow each other without a gap, and each opens before the one before it ends', () => {
    STANDARDS.slice(1).forEach((standard) => {
      const before = predecessorOf(standard);
      expect(before && dayAfter(before.appliesTo)).toBe(standard.appliesFrom);
      expect(before && standard.openingFrom <= before.appliesTo).toBe(true);
      expect(standard.openingTo >= standard.appliesFrom).toBe(true);
    });
  });

  it('know their neighbours', () => {
    expect(STANDARDS.map((standard) => predecessorOf(standard)?.id)).toEqual([
      undefined,
      ...STANDARD_IDS.slice(0, -1),
    ]);
    expect(STANDARDS.map((standard) => successorOf(standard)?.id)).toEqual([
      ...STANDARD_IDS.slice(1),
      undefined,
    ]);
    expect(successorOf({ ...VN_2011, id: 'of-a-province' })).toBeUndefined();
    expect(predecessorOf({ ...VN_2027, id: 'of-a-province' })).toBeUndefined();
  });

  it('number their indicators in the order of the form', () => {
    for (const { indicators } of STANDARDS) {
      expect(indicators.map((indicator) => indicator.number)).toEqual(
        indicators.map((_one, index) => index + 1),
      );
    }
  });

  it('are plain data that survives JSON', () => {
    expect(JSON.parse(JSON.stringify(STANDARDS))).toEqual(STANDARDS);
  });
});

describe('looking a standard up', () => {
  it('finds it by its id, or nothing', () => {
    expect(findStandard('VN-2016')?.id).toBe('VN-2016');
    expect(findStandard('vn-2016')).toBeUndefined();
  });

  it('refuses an id that names none, and says which there are', () => {
    const refusal = {
      code: 'standard.unknown',
      field: 'standard',
      got: 'VN-2020',
      facts: { got: 'VN-2020', known: 'VN-2011, VN-2016, VN-2022, VN-2027' },
    };
    expect(() => requireStandard('VN-2020')).toThrow(
      expect.objectContaining({ kind: 'rule', refusals: [refusal] }) as Error,
    );
    expect(textOf(standardsTexts, refusal, 'en')).toBe(
      'There is no standard VN-2020. The standards are VN-2011, VN-2016, VN-2022, VN-2027.',
    );
  });
});
