const common = {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    '^@ledger/([a-z-]+)/testing$': '<rootDir>/libs/$1/src/testing/index.ts',
    '^@ledger/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
};

/** Jest runs on the pinned Node, see "test" in package.json. */
module.exports = {
  projects: [
    {
      ...common,
      displayName: 'all',
      roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
      testMatch: ['**/*.spec.ts'],
    },
    {
      // The end-to-end tests and the demo once more, the same files, on EventStoreDB and MongoDB.
      ...common,
      displayName: 'on servers',
      roots: ['<rootDir>/test/e2e', '<rootDir>/test/demo'],
      testMatch: ['**/*.spec.ts'],
      setupFiles: ['<rootDir>/test/e2e/support/on-servers.js'],
      setupFilesAfterEnv: ['<rootDir>/test/e2e/support/without-mongod.ts'],
      // What is about the files of a data folder from beginning to end.
      testPathIgnorePatterns: ['projection-thread\\.spec'],
    },
  ],
  testTimeout: 60_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/test/summary-reporter.cjs'],
};
