export type CheckState = 'ok' | 'warning' | 'failure';

/** One line of the doctor's report. Free of keys, connection strings and customer data. */
export interface Check {
  readonly check: string;
  readonly state: CheckState;
  readonly message: string;
  /** What a person should do. */
  readonly remedy?: string;
}

export function ok(check: string, message: string): Check {
  return { check, state: 'ok', message };
}

export function warning(check: string, message: string, remedy: string): Check {
  return { check, state: 'warning', message, remedy };
}

export function failure(check: string, message: string, remedy: string): Check {
  return { check, state: 'failure', message, remedy };
}
