/**
 * A process that uses the store and closes it: `node child.cjs URL`. It says `closed`, and is then to end by itself.
 * Sources are translated as Jest does it (.swcrc), rooms are found where tsconfig.json says.
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const LIBS = join(__dirname, '..', '..', '..', '..');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, ...rest) {
  const [, room, testing] = /^@ledger\/([a-z-]+)(\/testing)?$/.exec(name) ?? [];
  const file = room ? join(LIBS, room, 'src', ...(testing ? ['testing'] : []), 'index.ts') : name;
  return resolve.call(this, file, ...rest);
};
require.extensions['.ts'] = (module, file) => {
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    module: { type: 'commonjs' },
  });
  module._compile(code, file);
};

const { NO_STREAM, START } = require('@ledger/event-sourcing');
const { newFacts, newStream } = require('@ledger/event-sourcing/testing');
const { openEventStoreDb } = require('../../event-store-db');

async function main() {
  const store = openEventStoreDb(process.argv[2], { streams: ['household-'] });
  await store.append(newStream(), NO_STREAM, newFacts(3));
  await store.head();
  const signal = new AbortController().signal;
  for await (const { facts } of store.follow({ after: START, maxFacts: 10, signal })) {
    if (facts.length > 0) break;
  }
  await store.close();
  process.stdout.write('closed\n');
}
void main();
