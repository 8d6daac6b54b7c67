/** What the command line touches of its process; tests bring their own. */
export interface CliIo {
  /** Results only. */
  readonly stdout: (text: string) => void;
  /** Messages, logs and progress. */
  readonly stderr: (text: string) => void;
  /** A person watches stderr: long work shows its progress there. */
  readonly isTerminal: boolean;
  /** Asks the person at the terminal; null: no answer. Absent where nobody can be asked. */
  readonly ask?: (question: string) => Promise<string | null>;
  /** Aborted by SIGTERM and SIGINT: long commands end themselves in bounded time. */
  readonly signal: AbortSignal;
}
