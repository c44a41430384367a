import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Changes one byte of the text where it stands for the only time in a file, as a bad disk would. Only for
 * files that nobody has open.
 */
export function flipByteOf(path: string, text: string): void {
  const bytes = readFileSync(path);
  const at = bytes.indexOf(text);
  if (at < 0 || bytes.indexOf(text, at + 1) >= 0) throw new Error(`not exactly once in ${path}: ${text}`);
  bytes[at] = (bytes[at] ?? 0) ^ 0x01;
  writeFileSync(path, bytes);
}
