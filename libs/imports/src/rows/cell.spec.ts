import type { CellType } from './cell';
import { readCell } from './cell';
import { clean } from './clean';

describe('a cell, cleaned', () => {
  it.each([
    ['  blanks around ', 'blanks around'],
    ['\u00a0no-break\u202f\t', 'no-break'],
    ['\ufeffmark\u200b', 'mark'],
    ['Đắk Nuê'.normalize('NFD'), 'Đắk Nuê'],
    ["'=Xã", '=Xã'],
    ["'+84", '+84'],
    ["'@a", '@a'],
    ["'tis", "'tis"],
    ['=1+1', '=1+1'],
    ['', ''],
  ])('%j is %j', (raw, text) => {
    expect(clean(raw)).toBe(text);
  });
});

describe('a cell, read', () => {
  it.each<[CellType, string, unknown]>([
    ['integer', '4', 4],
    ['integer', '007', 7],
    ['integer', '-1', -1],
    ['integer', 'four', 'four'],
    ['integers', '1|4|10', [1, 4, 10]],
    ['integers', ' 1 | 4', [1, 4]],
    ['integers', '-', []],
    ['integers', '1||4', [1, '', 4]],
    ['words', 'merit|no-labour', ['merit', 'no-labour']],
    ['words', '-', []],
    ['day', '2022-12-31', '2022-12-31'],
    ['day', 'yesterday', 'yesterday'],
    ['commune', '24628', '24628'],
    ['commune', '24628@2025-07-01', '24628@2025-07-01'],
    ['unit', 'VN', 'VN'],
    ['unit', '67', '67'],
    ['id', 'hh-1e5', 'hh-1e5'],
    ['id', '24628.117', '24628.117'],
    ['id', '007', '007'],
    ['text', '1,5', '1,5'],
    ['text', '# 12', '# 12'],
  ])('as %s: %j is taken as %j', (type, text, value) => {
    expect(readCell(text, type)).toEqual({ value });
  });

  const refused: readonly (readonly [CellType, string, string, string?])[] = [
    ['day', '31/12/2022', 'cell.day-format', '2022-12-31'],
    ['day', '1.2.2022', 'cell.day-format', '2022-02-01'],
    ['day', '2022-12-31 00:00:00', 'cell.day-format', '2022-12-31'],
    ['day', '2022/1/5', 'cell.day-format', '2022-01-05'],
    ['day', '44926', 'cell.day-serial'],
    ['integer', '1.234', 'cell.thousands', '1234'],
    ['integer', '1 200 000', 'cell.thousands', '1200000'],
    ['integer', '1.200,50', 'cell.decimal'],
    ['integer', '4,5', 'cell.decimal'],
    ['integer', '4.0', 'cell.decimal'],
    ['integer', '1,2E+06', 'cell.scientific'],
    ['integer', '-', 'cell.dash'],
    ['id', '1.23457E+11', 'cell.scientific'],
    ['unit', '1', 'cell.lost-zero', '01'],
    ['unit', '4628', 'cell.lost-zero', '04628'],
    ['commune', '4', 'cell.lost-zero', '00004'],
    ['commune', '24,628', 'cell.thousands', '24628'],
    ['integers', '1,4,10', 'cell.list-separator', '1|4|10'],
    ['integers', '1;4', 'cell.list-separator', '1|4'],
    ['words', 'merit, no-labour', 'cell.list-separator', 'merit|no-labour'],
    ['text', 'Thôn\r\n3', 'cell.line-break'],
    ['text', '#N/A', 'cell.spreadsheet-error', '#N/A'],
    ['day', '########', 'cell.spreadsheet-error', '########'],
    ['text', 'x'.repeat(2_001), 'cell.too-long'],
  ];

  it.each(refused.map(([type, text, code, suggested = '']) => ({ type, text, code, suggested })))(
    'as $type: $text is refused as $code',
    ({ type, text, code, suggested }) => {
      const read = readCell(text, type);
      expect(read).toMatchObject({ refusal: { code } });
      if (suggested !== '') expect(JSON.stringify(read)).toContain(JSON.stringify(suggested));
    },
  );
});
