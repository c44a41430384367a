export { demoHistory } from './demo-history';
export type { DemoEntry } from './entry';
export * from './write-history';
