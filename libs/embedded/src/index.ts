export * from './data-folder';
export * from './engine';
export * from './event-log';
export * from './read-store';
export * from './rebuild-crew';
export * from './rebuilding';
