export * from './decider';
export * from './event-store';
export * from './history';
export * from './in-turn';
export * from './receipt';
export * from './recording-day';
export * from './run-decider';
export * from './texts';
