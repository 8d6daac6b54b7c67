import type { Environment } from '../command.ts';

/** Who acts, for the audit log: the account of the machine. */
export function operatorOf(environment: Environment): string {
  const name = environment.SUDO_USER ?? environment.USER ?? environment.LOGNAME ?? '';
  return /^[\w.-]{1,64}$/.test(name) ? `cli:${name}` : 'cli';
}
