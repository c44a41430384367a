import tseslint from 'typescript-eslint';

/** The rooms and whom each may import (docs/adr/0001): the architecture test reads the same table. */
import rooms from './test/architecture/rooms.json' with { type: 'json' };

const borders = Object.entries(rooms.mayImport).map(([room, allowed]) => ({
  files: [`libs/${room}/src/**/*.ts`],
  ignores: ['**/*.spec.ts', '**/testing/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^@ledger/(?!(?:${[...allowed, room].join('|')})$)`,
            message: `${room} may import only: ${allowed.join(', ') || 'nothing'} (test/architecture/rooms.json)`,
          },
          ...(rooms.pure.includes(room)
            ? [
                {
                  regex: '^(?:node:|@nestjs/|mongodb|@eventstore/)',
                  message: `${room} is pure: no I/O, no framework`,
                },
              ]
            : []),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'coverage/', '**/*.js', '**/*.cjs', '**/*.mjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
    },
  },
  ...borders,
  {
    // Proofs match with `expect.any` and hand methods over: what the checker would guard is what they test.
    files: ['**/*.spec.ts', '**/testing/**/*.ts', 'test/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
  {
    // Nest finds what to inject by the types of parameters: they have to stay values.
    files: ['apps/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
);
