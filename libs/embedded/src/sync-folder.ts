import { closeSync, fsyncSync, openSync } from 'node:fs';

/** A file's name is durable only when its folder is. */
export function syncFolder(dir: string): void {
  const handle = openSync(dir, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
