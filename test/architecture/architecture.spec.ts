import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import rooms from './rooms.json';

/**
 * The borders of the rooms, from the imports as they are written. Lint enforces the same table file by file;
 * this sees the whole, and proves on a forbidden example that it would notice.
 */
const ROOT = join(__dirname, '..', '..');
const MAY_IMPORT = rooms.mayImport as Readonly<Record<string, readonly string[]>>;

interface Source {
  /** Path from the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

function sourcesIn(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(ROOT, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }));
}

function importsOf({ path, text }: Source): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined;
    if (named && ts.isStringLiteral(named)) found.push(named.text);
    const called = ts.isCallExpression(node) ? node.arguments[0] : undefined;
    const dynamic =
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require');
    if (dynamic && called && ts.isStringLiteral(called)) found.push(called.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true));
  return found;
}

const isProof = (path: string): boolean => path.endsWith('.spec.ts') || path.includes('/testing/');

/** What a file of a room imports although its room may not. */
function violationsOf(source: Source): string[] {
  const room = /^libs\/([^/]+)\//.exec(source.path)?.[1];
  if (room === undefined || isProof(source.path)) return [];
  const allowed = MAY_IMPORT[room];
  if (!allowed) return [`${source.path}: the room ${room} is not in rooms.json`];
  return importsOf(source).flatMap((name) => {
    const other = /^@ledger\/([^/]+)/.exec(name)?.[1];
    if (other !== undefined && other !== room && !allowed.includes(other))
      return [`${source.path} imports ${name}`];
    if (name.startsWith('@ledger/') && name.endsWith('/testing')) return [`${source.path} imports ${name}`];
    if (name.startsWith('.') && leavesTheRoom(source.path, name)) return [`${source.path} imports ${name}`];
    if (/^@eventstore\//.test(name) && room !== 'eventstoredb') return [`${source.path} imports ${name}`];
    if (/^mongodb/.test(name) && room !== 'mongo') return [`${source.path} imports ${name}`];
    if (rooms.pure.includes(room) && /^(?:node:|@nestjs\/)/.test(name))
      return [`${source.path} is pure and imports ${name}`];
    return [];
  });
}

function leavesTheRoom(path: string, name: string): boolean {
  const folder = path.split('/').slice(0, -1);
  for (const step of name.split('/')) {
    if (step === '..') folder.pop();
    else if (step !== '.') folder.push(step);
  }
  const [, room] = path.split('/');
  return folder[0] !== 'libs' || folder[1] !== room;
}

/** Clock and dice, which the core gets from outside. */
function impuritiesOf({ path, text }: Source): string[] {
  const room = /^libs\/([^/]+)\//.exec(path)?.[1];
  if (room === undefined || !rooms.pure.includes(room) || isProof(path)) return [];
  const found =
    text.match(/\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomUUID\b|\bsetTimeout\b/g) ?? [];
  return found.map((what) => `${path} uses ${what}`);
}

describe('the rooms', () => {
  const sources = sourcesIn('libs');

  it('are all in the table, and the table has no room that is not there', () => {
    const there = readdirSync(join(ROOT, 'libs')).sort();
    expect(there).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it('import only the rooms that they may', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(violationsOf)).toEqual([]);
  });

  it('keep clock and dice out of the core', () => {
    expect(sources.flatMap(impuritiesOf)).toEqual([]);
  });

  it('have no circle among them', () => {
    const reach = (room: string, seen: readonly string[]): void => {
      expect(seen).not.toContain(room);
      for (const next of MAY_IMPORT[room] ?? []) reach(next, [...seen, room]);
    };
    for (const room of Object.keys(MAY_IMPORT)) reach(room, []);
  });

  it('let nobody but applications point at adapters', () => {
    const pointing = Object.entries(MAY_IMPORT).filter(([, allowed]) =>
      allowed.some((room) => rooms.adapters.includes(room)),
    );
    // But for the room in which applications put the parts together, which no other room may know.
    expect(pointing.map(([room]) => room)).toEqual([rooms.compositionRoot]);
    expect(Object.values(MAY_IMPORT).flat()).not.toContain(rooms.compositionRoot);
  });
});

describe('a forbidden import', () => {
  const forbidden: readonly (readonly [string, Source])[] = [
    [
      'a room above',
      { path: 'libs/kernel/src/bad.ts', text: "import { COLUMNS } from '@ledger/poverty-rates';" },
    ],
    [
      'a sibling',
      { path: 'libs/households/src/bad.ts', text: "import type { UnitTree } from '@ledger/areas';" },
    ],
    ['an adapter', { path: 'libs/poverty-rates/src/bad.ts', text: "export * from '@ledger/embedded';" }],
    [
      'a way around the border',
      { path: 'libs/areas/src/bad.ts', text: "import '../../households/src/household';" },
    ],
    [
      'a framework in the core',
      { path: 'libs/households/src/bad.ts', text: "import { Injectable } from '@nestjs/common';" },
    ],
    [
      'a driver outside its room',
      { path: 'libs/embedded/src/bad.ts', text: "const m = await import('mongodb');" },
    ],
    [
      'test code in production',
      { path: 'libs/areas/src/bad.ts', text: "import { given } from '@ledger/event-sourcing/testing';" },
    ],
    ['a room that nobody knows', { path: 'libs/helpers/src/bad.ts', text: '' }],
  ];

  it.each(forbidden)('of %s is noticed', (_what, source) => {
    expect(violationsOf(source)).toHaveLength(1);
  });

  it('of a clock in the core is noticed', () => {
    expect(impuritiesOf({ path: 'libs/areas/src/bad.ts', text: 'const now = Date.now();' })).toHaveLength(1);
  });
});
