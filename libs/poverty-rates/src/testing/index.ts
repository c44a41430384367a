export * from './all-answers';
export * from './canonical-dump';
export * from './in-memory-read-models';
export * from './in-memory-read-store';
export * from './random-batches';
export * from './read-store.contract';
export * from './sample-batches';
