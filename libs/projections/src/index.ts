export * from './pauses';
export * from './projection';
export * from './projection-runner';
export * from './readiness';
export * from './reached-position';
export * from './running-projection';
