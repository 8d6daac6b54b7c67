/**
 * Resolves at the first SIGINT or SIGTERM, and listens on: a signal to the whole process group is forwarded as well, and
 * the second copy must not end this process before its servers are stopped.
 */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}
