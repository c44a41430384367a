export * from './decider';
export * from './event-store';
export * from './history';
export * from './run-decider';
export * from './texts';
