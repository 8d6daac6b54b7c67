import { createInterface } from 'node:readline/promises';

/** Puts questions on stderr, so that stdout holds results alone. */
export function askOnTerminal(signal: AbortSignal) {
  return async (question: string): Promise<string | null> => {
    const reader = createInterface({ input: process.stdin, output: process.stderr });
    // The end of the input leaves a question open for ever.
    const ended = new Promise<null>((resolve) => reader.once('close', () => resolve(null)));
    try {
      return await Promise.race([reader.question(question, { signal }), ended]);
    } catch {
      return null;
    } finally {
      reader.close();
    }
  };
}
