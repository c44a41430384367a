import { OPAQUE_ID, holdsPersonalNumber, splitUnitId, unitId } from './ids';
import { parseDay } from './plain-date';

describe('A unit id', () => {
  it.each([
    ['VN@1945-09-02', 'VN', '1945-09-02'],
    ['67@2004-01-01', '67', '2004-01-01'],
    ['660@2004-01-01', '660', '2004-01-01'],
    ['24611@2025-07-01', '24611', '2025-07-01'],
  ])('%s is a code and the day from which it is valid', (text, code, validFrom) => {
    expect(splitUnitId(text)).toEqual({ code, validFrom });
    expect(unitId(code, parseDay(validFrom))).toBe(text);
  });

  it.each([
    ...[
      '24611',
      '@2025-07-01',
      '24611@',
      '24611@2025-02-30',
      '24611@01/07/2025',
      '24611@2025-07-01@2026-01-01',
    ],
    ...['1@2025-07-01', '2461@2025-07-01', '246111@2025-07-01', 'vn@1945-09-02', 'X4611@2025-07-01', ''],
    ...[' 24611@2025-07-01', '24611 @2025-07-01', '24611@2025-07-01\n'],
  ])('is not %j', (text) => {
    expect(splitUnitId(text)).toBeUndefined();
  });
});

describe('An opaque id', () => {
  it.each(['H1', '0001', 'dn-2024-0001', 'a.b_c-d', 'x'.repeat(64)])('may be %s', (id) => {
    expect(OPAQUE_ID.test(id)).toBe(true);
  });

  it.each(['', '-a', '.a', '_a', 'a b', 'a/b', 'a\n', 'hộ', 'x'.repeat(65), 'a$b', '../a'])(
    'is not %j',
    (id) => {
      expect(OPAQUE_ID.test(id)).toBe(false);
    },
  );
});

describe('A personal identification number', () => {
  it.each(['067123456789', 'CCCD 067123456789', 'hh-067123456789-b', '(067123456789)', 'ký067123456789'])(
    'is held by %j',
    (text) => {
      expect(holdsPersonalNumber(text)).toBe(true);
    },
  );

  it.each([
    '',
    '06712345678',
    '0671234567890',
    '067123456-789',
    '24611@2025-07-01',
    '15/2022/QĐ-UBND 2022-12-10',
  ])('is not held by %j', (text) => {
    expect(holdsPersonalNumber(text)).toBe(false);
  });
});
