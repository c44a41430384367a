// Preloaded into a server or a command: the thread of its projection dies once, when it has written its first
// batch and before it says so.
const { existsSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread, parentPort } = require('node:worker_threads');

if (!isMainThread) {
  const died = join(process.env.DATA_DIR, 'thread-died');
  const say = parentPort.postMessage.bind(parentPort);
  parentPort.postMessage = (said) => {
    if (said.type === 'progress' && !existsSync(died)) {
      writeFileSync(died, '');
      process.exit(7);
    }
    say(said);
  };
}
