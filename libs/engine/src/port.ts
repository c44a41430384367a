import { SettingsError } from './settings-error';

const MOST = 65_535;

/**
 * @param variable where it was found
 * @throws SettingsError naming the variable
 */
export function portFrom(variable: string, text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= MOST) return port;
  throw new SettingsError(`${variable}=${text}: give a number from 0 to ${MOST} (0 takes any free port).`);
}
