import neverthrow from '@ninoseki/eslint-plugin-neverthrow';
import tseslint from 'typescript-eslint';

// Biome formats and lints. ESLint has one job, which needs types: no Result, no promise and no case of a
// union may be dropped on the floor.
export default [
  {
    ignores: [
      '**/dist/**',
      '**/generated/**',
      '**/node_modules/**',
      'examples/nestjs-bullmq/**',
      '**/*.js',
      '**/*.mjs',
      '**/*.config.ts',
    ],
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    linterOptions: { noInlineConfig: true },
    plugins: { neverthrow, '@typescript-eslint': tseslint.plugin },
    rules: {
      'neverthrow/must-use-result': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true, ignoreVoid: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
];
