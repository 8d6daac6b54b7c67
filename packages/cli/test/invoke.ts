import type { Environment } from '../src/command.ts';
import { runCli } from '../src/index.ts';

export interface Invocation {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Each line of stdout as JSON. */
  readonly documents: readonly Readonly<Record<string, unknown>>[];
}

export interface RunningInvocation {
  readonly ended: Promise<Invocation>;
  stdout(): string;
  stderr(): string;
  /** What SIGTERM does. */
  stop(): void;
}

/** Starts a command in this process. */
export function start(
  argv: readonly string[],
  environment: Environment = {},
  isTerminal = false,
  /** What a person types who is asked; undefined: nobody is there to ask. */
  typed?: string,
): RunningInvocation {
  const stopping = new AbortController();
  let [stdout, stderr] = ['', ''];
  const ended = runCli(argv, environment, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    isTerminal,
    ...(typed === undefined
      ? {}
      : {
          ask: async (question: string) => {
            stderr += question;
            return typed;
          },
        }),
    signal: stopping.signal,
  }).then((code) => ({
    code,
    stdout,
    stderr,
    get documents() {
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    },
  }));
  return { ended, stdout: () => stdout, stderr: () => stderr, stop: () => stopping.abort() };
}

export function invoke(
  argv: readonly string[],
  environment: Environment = {},
  isTerminal = false,
  typed?: string,
): Promise<Invocation> {
  return start(argv, environment, isTerminal, typed).ended;
}
