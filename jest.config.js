/** One configuration for every room. Jest runs on the pinned Node, see "test" in package.json. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    '^@ledger/([a-z-]+)/testing$': '<rootDir>/libs/$1/src/testing/index.ts',
    '^@ledger/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  testTimeout: 60_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/test/summary-reporter.cjs'],
};
