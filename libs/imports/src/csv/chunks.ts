/**
 * The chunks of a source until it is told to stop, also while it waits for the next one: whoever sends may have
 * gone silent. The source is not closed: its owner does that.
 */
export async function* chunksOf(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  onChunk: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let stop = (): void => undefined;
  const stopped = new Promise<'stopped'>((resolve) => (stop = () => resolve('stopped')));
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const next = iterator.next();
      // Nobody waits for it any more once it is told to stop.
      next.catch(() => undefined);
      const chunk = await Promise.race([next, stopped]);
      if (chunk === 'stopped' || chunk.done) return;
      onChunk(chunk.value.length);
      yield chunk.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
