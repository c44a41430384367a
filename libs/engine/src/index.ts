export * from './engine';
export * from './last-words';
export * from './limits';
export * from './port';
export * from './server-engine';
export * from './settings';
export * from './settings-error';
export * from './watched-projection';
