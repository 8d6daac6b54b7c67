#!/usr/bin/env node
import { askOnTerminal } from './ask-on-terminal.ts';
import { runCli } from './run-cli.ts';

const stopping = new AbortController();
// Once: a second signal ends the process at once, as it would any other.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());

void runCli(process.argv.slice(2), process.env, {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: askOnTerminal(stopping.signal) } : {}),
  signal: stopping.signal,
}).then((exitCode) => {
  // Work that was abandoned at the end of its grace must not hold the process.
  process.stdout.write('', () => process.exit(exitCode));
});
