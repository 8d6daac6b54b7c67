/** Rewrites one line of the terminal; silent where standard error is none. */
export function createProgress(terminal: NodeJS.WriteStream) {
  return {
    show(done: number, total: number): void {
      if (terminal.isTTY) terminal.write(`\rsyncing ${done} of ${total} orders`);
    },
    end(): void {
      if (terminal.isTTY) terminal.write('\r\u001b[K');
    },
  };
}
