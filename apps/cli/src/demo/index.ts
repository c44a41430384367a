export { demoHistory } from './demo-history';
export type { DemoEntry } from './entry';
export { DEMO_HIGHLIGHTS } from './highlights';
export * from './write-history';
