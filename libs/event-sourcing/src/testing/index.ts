export * from './event-store.contract';
export * from './in-memory-event-store';
export * from './sample-facts';
export * from './given';
