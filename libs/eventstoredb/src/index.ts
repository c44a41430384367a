export * from './connection-string';
export * from './event-store-db';
export * from './our-streams';
