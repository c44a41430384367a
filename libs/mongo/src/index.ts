export { DEFAULT_DATABASE, mongoUrlProblem } from './connection';
export type { MongoLoad } from './loading/mongo-load';
export { MongoReadStore } from './mongo-read-store';
export * from './open';
export * from './steps';
