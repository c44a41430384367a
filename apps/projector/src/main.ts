import { lastWords, openServerEngine, readinessSources } from '@ledger/engine';
import { CheckpointMoved } from '@ledger/poverty-rates';
import { Readiness } from '@ledger/projections';
import { serveHealth } from './health-server';
import { projectorSettingsFrom } from './settings';

/** Enough for one transaction; what has not come yet is not waited for. */
const MAX_FACTS = 500;
/** Whoever sends SIGTERM waits so long and no longer. */
const LONGEST_SHUTDOWN_MS = 18_000;

const tell = (what: string): void => void process.stderr.write(`${what}\n`);

/** Follows the log and keeps the read models up to it, alone, for every process that answers questions. */
async function main(): Promise<void> {
  const { stores, limits, host, port } = projectorSettingsFrom(process.env);
  const engine = await openServerEngine(stores, { onTrouble: tell });
  const projection = engine.runProjection({
    maxFacts: MAX_FACTS,
    onFailure: (error, waitMs) => tell(`${inWords(error)}; again in ${waitMs} ms`),
  });
  const readiness = new Readiness(readinessSources(engine), Date.now, limits);
  const health = await serveHealth(readiness, { host, port });

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), LONGEST_SHUTDOWN_MS).unref();
    void (async () => {
      await projection.stop();
      await health.close();
      await engine.close();
      process.exit(0);
    })();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  await readiness.begin();
  await projection.start();
  process.stdout.write(`Poverty Ledger projects ${engine.place} (how it is: ${health.url}/health/ready)\n`);
}

function inWords(error: unknown): string {
  if (error instanceof CheckpointMoved) return 'another projector was faster';
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  tell(lastWords(error));
  process.exit(1);
});
