import type { EmbeddedEngine } from '@ledger/embedded';
import { ProjectionBeside } from './projection-beside';

/** Brings the read models up to the end of the log, with bars. Cancelled, they are left where they stand. */
export async function projectAll(engine: EmbeddedEngine, signal: AbortSignal): Promise<void> {
  const projection = await ProjectionBeside.start(engine, signal);
  try {
    await projection.finish();
  } finally {
    await projection.stop();
  }
}
