/** A thread of the projection that dies of the first word it hears, once: the next one lives. */
const { existsSync, writeFileSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');

const died = `${workerData.readModelsFile}.died`;
if (!existsSync(died)) {
  parentPort.once('message', () => {
    writeFileSync(died, '');
    process.exit(7);
  });
}
require('./projection.thread.cjs');
