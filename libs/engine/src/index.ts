export * from './engine';
export * from './limits';
export * from './server-engine';
export * from './settings';
export * from './settings-error';
export * from './watched-projection';
