export * from './area.dto';
export * from './fields';
export * from './household-id';
export * from './household.dto';
export * from './shape';
export * from './texts';
