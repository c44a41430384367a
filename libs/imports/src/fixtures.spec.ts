import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Refusal } from '@ledger/kernel';
import { textOf } from '@ledger/kernel';
import { IMPORT_KINDS } from './kinds';
import type { RowRefusal } from './refusal';
import { FileUnusable } from './refusal';
import { countsOf, ImportWorld } from './testing/import-world';
import { importTexts } from './texts';

const FOLDER = join(__dirname, '../../../test/fixtures/imports');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.csv'));

/** What a refusal suggests, where it suggests something. */
const shownFacts = ({ facts = {}, code }: Refusal): string => {
  const { like, digits, code: unit, error, column, candidates } = facts;
  const about = code.startsWith('cell.not-of') || code === 'file.no-header' ? '' : column;
  return String(like ?? digits ?? unit ?? error ?? candidates ?? about ?? '');
};

const shown = (refusal: RowRefusal): string =>
  `${refusal.line}:${refusal.column} ${refusal.code} ${shownFacts(refusal)}`.trim();

async function answerTo(name: string): Promise<string[]> {
  const kind = IMPORT_KINDS.find((one) => name.startsWith(one));
  if (!kind) throw new Error(`${name} does not begin with a kind`);
  const world = await ImportWorld.begun();
  const file = readFileSync(join(FOLDER, name));
  try {
    const imported = await world.import(kind, file);
    return [...imported.refusals.map(shown), countsOf(imported)];
  } catch (error) {
    if (!(error instanceof FileUnusable)) throw error;
    return [...error.refusals.map(shown), ...(error.outcome ? [countsOf(error.outcome)] : [])];
  }
}

describe('a file of a kind that officers send', () => {
  it.each(FILES)('%s', async (name) => {
    const expected = readFileSync(join(FOLDER, name.replace('.csv', '.expected.txt')), 'utf8');
    expect(await answerTo(name)).toEqual(expected.trim().split('\n'));
  });

  it.each(FILES)('%s, once more, changes nothing', async (name) => {
    const kind = IMPORT_KINDS.find((one) => name.startsWith(one)) ?? 'units';
    const world = await ImportWorld.begun();
    const file = readFileSync(join(FOLDER, name));
    await world.import(kind, file).catch(() => undefined);
    const head = await world.store.head();
    const again = await world.import(kind, file).catch(() => undefined);
    expect(await world.store.head()).toBe(head);
    expect(again?.accepted ?? 0).toBe(0);
  });
});

describe('what files are told', () => {
  const codes = new Set(
    FILES.flatMap((name) =>
      readFileSync(join(FOLDER, name.replace('.csv', '.expected.txt')), 'utf8').match(
        /\b(?:file|row|cell)\.[a-z0-9-]+/g,
      ),
    ),
  );

  it('is proven by a file for every code, apart from the few that a file of ours cannot show', () => {
    const all = Object.keys(importTexts).filter((code) => !code.startsWith('migration.'));
    expect(all.filter((code) => !codes.has(code))).toEqual(['file.not-csv', 'file.row-too-long']);
  });

  it('fills in all its facts in both languages', async () => {
    for (const name of FILES) {
      const kind = IMPORT_KINDS.find((one) => name.startsWith(one)) ?? 'units';
      const world = await ImportWorld.begun();
      const refusals = await world.import(kind, readFileSync(join(FOLDER, name))).then(
        (imported) => imported.refusals,
        (error: FileUnusable) => error.refusals,
      );
      for (const refusal of refusals.filter(({ code }) => code in importTexts)) {
        for (const language of ['en', 'vi'] as const) {
          expect(textOf(importTexts, refusal, language)).not.toContain('?');
        }
      }
    }
  });
});
