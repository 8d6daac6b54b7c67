import { err, ok, type Result } from 'neverthrow';
import type { Failure } from '../failure.ts';
import type { CliIo } from '../io.ts';

export interface Confirmation {
  /** What the person has to type, to mean it. */
  readonly name: string;
  readonly question: string;
  /** How to say it without a question. */
  readonly otherwise: string;
}

/** Has the name of what is changed typed by the person at the terminal; nobody there to ask is a refusal. */
export async function confirm(
  { ask }: CliIo,
  { name, question, otherwise }: Confirmation,
): Promise<Result<void, Failure>> {
  if (ask === undefined)
    return err(notConfirmed(`nothing was changed: ${otherwise}, or run it on a terminal`));
  const answer = await ask(`${question} `);
  if (answer?.trim() === name) return ok();
  return err(notConfirmed(`nothing was changed: ${name} was not typed`));
}

const notConfirmed = (message: string): Failure => ({ kind: 'not_confirmed', message, exitCode: 2 });
