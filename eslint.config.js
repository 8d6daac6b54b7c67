import tseslint from 'typescript-eslint';
import { noDroppedResult } from './tools/eslint/no-dropped-result.ts';

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
    plugins: {
      '@typescript-eslint': tseslint.plugin,
      house: { rules: { 'no-dropped-result': noDroppedResult } },
    },
    rules: {
      'house/no-dropped-result': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true, ignoreVoid: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
];
