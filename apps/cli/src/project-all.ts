import type { CommandEngine } from './command-engine';
import { isOnServers } from './command-engine';
import { ProjectionBeside } from './projection-beside';
import { ProjectionOfServers } from './projection-of-servers';

/** What brings the read models up to the log while a command works. */
export type ProjectionMeanwhile = Pick<ProjectionBeside, 'ready' | 'finish' | 'stop'>;

export function projectionMeanwhile(
  engine: CommandEngine,
  signal: AbortSignal,
): Promise<ProjectionMeanwhile> {
  return isOnServers(engine)
    ? ProjectionOfServers.start(engine, signal)
    : ProjectionBeside.start(engine, signal);
}

/** Brings the read models up to the end of the log. Cancelled, they are left where they stand. */
export async function projectAll(engine: CommandEngine, signal: AbortSignal): Promise<void> {
  const projection = await projectionMeanwhile(engine, signal);
  try {
    await projection.finish();
  } finally {
    await projection.stop();
  }
}
