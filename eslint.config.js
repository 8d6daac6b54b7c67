import neverthrow from '@ninoseki/eslint-plugin-neverthrow';
import tseslint from 'typescript-eslint';

// Biome formats and lints; ESLint has one job: no Result may be dropped on the floor.
export default [
  { ignores: ['**/dist/**', '**/generated/**', '**/node_modules/**', 'examples/nestjs-bullmq/**', '**/*.js', '**/*.mjs', '**/tsup.config.ts', '**/vitest.config.ts'] },
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    plugins: { neverthrow },
    rules: { 'neverthrow/must-use-result': 'error' },
  },
];
