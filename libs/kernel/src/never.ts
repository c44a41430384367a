/** Closes a switch: a new case breaks the build here instead of slipping through. */
export function unreachable(value: never): never {
  throw new Error(`not handled: ${JSON.stringify(value)}`);
}
