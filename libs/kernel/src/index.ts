export * from './fields';
export * from './ids';
export * from './json';
export * from './never';
export * from './plain-date';
export * from './problem';
export * from './rate';
export * from './status';
