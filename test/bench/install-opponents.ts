import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './run-context';
import { OPPONENTS } from './scratch';

/** The libraries of the opponents, from their own lockfile; once. */
export function installOpponents(): void {
  if (existsSync(join(OPPONENTS, 'node_modules/.package-lock.json'))) return;
  say('installing the opponents');
  execFileSync('npm', ['ci', '--silent'], { cwd: OPPONENTS, stdio: ['ignore', 'ignore', 'inherit'] });
}
