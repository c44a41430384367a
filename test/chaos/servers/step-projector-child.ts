import { join } from 'node:path';
import { Child } from '../../../libs/embedded/src/testing/child';
import type { Stepping } from './step-projector';

/** A projector of its own process that prints what it does. */
export const stepProjector = (stepping: Stepping): Child =>
  new Child(
    `require(${JSON.stringify(join(__dirname, 'step-projector.ts'))}).projectStepping(JSON.parse(argument));`,
    JSON.stringify(stepping),
  );
