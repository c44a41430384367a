import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { FileUnusable } from '../refusal';
import { chunked } from '../testing/import-world';
import type { CsvRow } from './csv-rows';
import { csvRows } from './csv-rows';

async function rowsOf(file: string | Uint8Array, chunkSize = 5): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of csvRows(chunked(file, chunkSize))) rows.push(row);
  return rows;
}

describe('the rows of a file', () => {
  it.each([1, 2, 3, 5, 1_000])(
    'know their lines, over empty and quoted ones, in chunks of %d',
    async (size) => {
      const file = 'a,b\r\n\r\n1,"x\r\ny\r\nz"\r\n2,\r\n\n3,"""q"""\r\n';
      expect(await rowsOf(file, size)).toEqual([
        { line: 1, cells: ['a', 'b'] },
        { line: 3, cells: ['1', 'x\r\ny\r\nz'] },
        { line: 6, cells: ['2', ''] },
        { line: 8, cells: ['3', '"q"'] },
      ]);
    },
  );

  it('are separated by what separates the header', async () => {
    expect(await rowsOf('a;b\n1,5;2\n')).toMatchObject([{ cells: ['a', 'b'] }, { cells: ['1,5', '2'] }]);
    expect(await rowsOf('a\n1\n')).toMatchObject([{ cells: ['a'] }, { cells: ['1'] }]);
  });

  it('are the same however the file is cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ộ', '🌾', ',', '"', '\n', ' ', ';') });
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (cells, size) => {
        const rows = await rowsOf(stringify([['head', 'two'], ...cells]), size);
        const full = cells.filter(([one, two]) => one !== '' || two !== '');
        const there = rows.slice(1).filter((row) => row.cells.some((text) => text !== ''));
        expect(there.map((row) => row.cells)).toEqual(full);
      }),
      { numRuns: 60 },
    );
  });

  it('end with a row that has no end, which is not kept in memory', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a,b\n1,2\n3,"');
      for (; ; sent++) yield Buffer.alloc(64 * 1_024, 'x');
    }
    const rows: CsvRow[] = [];
    const reading = (async () => {
      for await (const row of csvRows(endless())) rows.push(row);
    })();
    await expect(reading).rejects.toBeInstanceOf(FileUnusable);
    await expect(reading).rejects.toMatchObject({ refusals: [{ code: 'file.row-too-long', line: 3 }] });
    expect(rows).toHaveLength(2);
    expect(sent).toBeLessThan(60);
  });

  it('end at bytes that are no UTF-8, wherever they are, but not at a letter that is cut', async () => {
    const good = Buffer.from(`a,b\n${'ộ,ệ\n'.repeat(40_000)}`);
    expect(await rowsOf(good, 65_537)).toHaveLength(40_001);
    const bad = Buffer.concat([good, Buffer.from([0xe1, 0xbb])]);
    await expect(rowsOf(bad, 65_537)).rejects.toMatchObject({
      refusals: [{ code: 'file.not-utf8', line: 40_002 }],
    });
  });
});
