/** Lets a bare `node --require` run our TypeScript, so that a spec can start a process and kill it. */
const { existsSync } = require('node:fs');
const { registerHooks } = require('node:module');
const { dirname, join } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { transformFileSync } = require('@swc/core');

const LIBS = join(__dirname, '../../..');

registerHooks({
  resolve(specifier, context, nextResolve) {
    const path = sourceOf(specifier, context.parentURL);
    if (!path) return nextResolve(specifier, context);
    return { url: pathToFileURL(path).href, format: 'commonjs', shortCircuit: true };
  },
  load(url, context, nextLoad) {
    if (!url.endsWith('.ts')) return nextLoad(url, context);
    return { source: transformFileSync(fileURLToPath(url)).code, format: 'commonjs', shortCircuit: true };
  },
});

function sourceOf(specifier, parentUrl) {
  const [, room, testing] = /^@ledger\/([a-z-]+)(\/testing)?$/.exec(specifier) ?? [];
  if (room) return join(LIBS, room, 'src', testing ?? '', 'index.ts');
  if (!specifier.startsWith('.') || !parentUrl?.endsWith('.ts')) return undefined;
  const path = `${join(dirname(fileURLToPath(parentUrl)), specifier)}.ts`;
  return existsSync(path) ? path : undefined;
}
