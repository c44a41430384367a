export * from './facts';
export * from './given-household';
export * from './naive';
export * from './orders';
export * from './random-facts';
