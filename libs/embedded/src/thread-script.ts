import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The script of a thread. `undefined` where the sources run as they are, as under Jest: a thread loads compiled
 * files alone, so its work is then for the thread of its caller.
 */
export function findThreadScript(thread: 'projection' | 'rebuild'): string | undefined {
  const script = join(__dirname, `${thread}.thread.js`);
  return existsSync(script) ? script : undefined;
}
