import type { Failure } from '../failure.ts';
import type { CliIo } from '../io.ts';
import { given } from '../options/given.ts';

/** Results go to stdout, everything else to stderr. */
export interface Printer {
  /** One result: as a JSON line where `--json` is set, else as text. */
  result(document: object, text: string): void;
  /** Something a person should know; never part of the result. */
  note(message: string): void;
  failure(failure: Failure): void;
}

export function createPrinter(io: CliIo, json: boolean): Printer {
  return {
    result(document, text) {
      const shown = json ? JSON.stringify(document) : text;
      io.stdout(shown.endsWith('\n') ? shown : `${shown}\n`);
    },
    note: (message) => io.stderr(`cbb: ${message}\n`),
    failure({ kind, message, remedy, problems = [] }) {
      const said = remedy === undefined ? message : `${message} -> ${remedy}`;
      io.stderr([`cbb: ${said}`, ...problems.map((problem) => `  - ${problem}`), ''].join('\n'));
      if (json) {
        const listed = problems.length === 0 ? {} : { problems };
        io.stdout(`${JSON.stringify({ error: { kind, message, ...given({ remedy }), ...listed } })}\n`);
      }
    },
  };
}
