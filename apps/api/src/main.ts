import 'reflect-metadata';
import { lastWords, openEngine } from '@ledger/engine';
import { createApplication } from './application';
import { settingsFrom } from './settings';

/** Whoever sends SIGTERM waits so long and no longer. */
const LONGEST_SHUTDOWN_MS = 18_000;
/** So long a request may go on after that. */
const PATIENCE_MS = 10_000;

async function main(): Promise<void> {
  const { port, host, stores, limits } = settingsFrom(process.env);
  const engine = await openEngine(stores, {
    purpose: 'server',
    onTrouble: (what) => void process.stderr.write(`${what}\n`),
  });
  const app = await createApplication(engine, Date.now, limits).catch(async (error: unknown) => {
    await engine.close();
    throw error;
  });

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), LONGEST_SHUTDOWN_MS).unref();
    // A connection that was busy when we were told to stop is kept alive by its client: it ends when it is idle.
    setInterval(() => app.getHttpServer().closeIdleConnections(), 50).unref();
    // Who stalls in the middle of a request has been given time enough.
    setTimeout(() => app.getHttpServer().closeAllConnections(), PATIENCE_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  await app.listen(port, host);
  const url = await app.getUrl();
  process.stdout.write(`Poverty Ledger serves ${engine.place} at ${url} (read about it at ${url}/docs)\n`);
}

main().catch((error: unknown) => {
  const { code, port } = error as { code?: unknown; port?: unknown };
  if (code === 'EADDRINUSE') {
    process.stderr.write(
      `Port ${String(port)} is in use. Choose another one, for example: PORT=3001 npm start\n`,
    );
    process.exit(1);
  }
  process.stderr.write(`${lastWords(error)}\n`);
  process.exit(1);
});
