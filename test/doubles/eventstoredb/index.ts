export * from './event-store-double';
export * from './faults';
