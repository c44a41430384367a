import { join } from 'node:path';
import { inChild } from '../child';
import { fillLog } from '../measures/prepare';
import { rebuildQuietly } from '../measures/rebuild';
import type { RunRecord } from '../record';
import { takenNow } from '../record';
import { Results } from '../results';
import { say } from '../run-context';
import { scratchFolder } from '../scratch';
import type { FilledLog, ServersContext } from './context';
import { onBoth } from './context';
import type { Engine } from './engines';
import { ENGINES, servingBoth } from './engines';
import { startEventStore } from './event-store';
import type { EventStoreServer } from './event-store';
import { measureServerAppends } from './measures/appends';
import { measureOrders } from './measures/orders';
import { measureProjection } from './measures/projection';
import { measureServerRates } from './measures/rates';
import { measureServerRebuild } from './measures/rebuild';
import { startBenchMongo } from './mongo';
import type { ServersScale } from './scale';

const FILL = join(__dirname, 'children/fill.js');

/** Measures the product on EventStoreDB and MongoDB. Nothing of it stays, however it ends, but events on a server that was given. */
export async function runOnServers(scale: ServersScale, signal: AbortSignal): Promise<RunRecord> {
  const scratch = scratchFolder();
  const toStop: { stop(): Promise<void> }[] = [];
  try {
    const mongo = await startBenchMongo(scratch.path, signal);
    toStop.push(mongo);
    const newEventStore = async (): Promise<EventStoreServer> => {
      const server = await startEventStore(signal);
      toStop.push(server);
      return server;
    };
    const context = { scale, results: new Results(), scratch: scratch.path, mongo, signal };
    const appended = await newEventStore();
    say(`on ${appended.label}, ${mongo.label}`);
    const ledger = appended.isDouble ? '' : `bench${Date.now().toString(36)}-`;
    say('appends');
    await measureServerAppends(context, appended, ledger);
    // Of a double: the log of the appends is not the one that is read.
    await appended.stop();
    const server = await newEventStore();
    const facts = await measureCountry(context, server, ledger);
    const servers = { eventStore: server.label, isDouble: server.isDouble, mongo: mongo.label };
    const { name, country, runs } = scale;
    const run = { scale: name, facts, households: country.households, runs };
    return { ...run, ...takenNow(context.results), postgres: null, servers };
  } finally {
    for (const one of toStop.reverse()) await one.stop().catch((error: unknown) => say(String(error)));
    scratch.remove();
  }
}

/** @returns how many facts the country has */
async function measureCountry(
  context: ServersContext,
  server: EventStoreServer,
  ledger: string,
): Promise<number> {
  const { scale, scratch, signal } = context;
  say(`filling the country: ${scale.country.households.toLocaleString('en')} households`);
  const args = [server.url, ledger, JSON.stringify(scale.country)];
  const { facts } = (await inChild<{ facts: number }>(FILL, args, { signal })).result;
  const log: FilledLog = { server, ledger, facts };
  say('rebuild');
  const rebuildPeaks = await measureServerRebuild(context, log);
  say('projection');
  const { mongoUrl, peaks: projectorPeaks } = await measureProjection(context, log);

  say('the same facts in the embedded engine');
  const folder = join(scratch, 'embedded');
  const same = await fillLog(context, scale.country, folder);
  if (same !== facts) throw new Error(`${facts} facts on the server, ${same} in the folder`);
  await rebuildQuietly(context, folder);
  say('rates and orders');
  const apis = await servingBoth(context, { log, mongoUrl, folder }, async (engines) => {
    await measureServerRates(context, engines);
    await measureOrders(context, engines);
  });
  const add = (id: string, what: string, who: Engine, megabytes: number): void =>
    context.results.add(
      { id, group: 'Memory, largest resident', what, unit: 'MB', on: onBoth(context, log) },
      who,
      megabytes,
    );
  for (const who of ENGINES) add('rss-api', 'api after these questions and orders', who, apis[who]);
  for (const peak of projectorPeaks) add('rss-projector', 'projector while catching up', 'product', peak);
  for (const peak of rebuildPeaks) add('rss-rebuild', 'rebuild', 'product', peak);
  return facts;
}
