/** 0: done; 1: the work failed; 2: wrong use or configuration. */
export type ExitCode = 0 | 1 | 2;

/** Why a command could not do its work. Free of keys, connection strings and customer data. */
export interface Failure {
  readonly kind: string;
  readonly message: string;
  readonly exitCode: 1 | 2;
  /** What a person should do. */
  readonly remedy?: string;
  /** Where there are several: one sentence each. */
  readonly problems?: readonly string[];
}

/** An error of the store, the queue or the service, with what it says of its remedy. */
export function workFailed(error: {
  readonly kind: string;
  readonly message: string;
  readonly remedy?: string;
}): Failure {
  const { kind, remedy } = error;
  return { kind, message: causeOf(error), exitCode: 1, ...(remedy === undefined ? {} : { remedy }) };
}

/** Errors of the store end with their remedy, which is shown by itself here. */
export function causeOf({
  message,
  remedy = '',
}: {
  readonly message: string;
  readonly remedy?: string;
}): string {
  return message.endsWith(` ${remedy}`)
    ? message.slice(0, message.length - remedy.length).trimEnd()
    : message;
}

export function wrongConfiguration(problems: readonly string[]): Failure {
  return {
    kind: 'invalid_configuration',
    message: 'the configuration cannot be used',
    problems,
    exitCode: 2,
  };
}

export function wrongUse(problems: readonly string[]): Failure {
  return { kind: 'invalid_usage', message: 'the command cannot be understood', problems, exitCode: 2 };
}
