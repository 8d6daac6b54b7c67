export type { ExitCode } from './failure.ts';
export type { CliIo } from './io.ts';
export { runCli } from './run-cli.ts';
