const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 5_000;

/** How long to wait after so many failures in a row: growing, and jittered. */
export function waitMs(failures: number): number {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
  return Math.round(longest * (0.5 + Math.random() / 2));
}

/** Resolves after the time, or as soon as the signal is given. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // A signal that was given before tells nobody who listens only now.
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
