import { checkOptions, isFunction, optional, wholeNumber } from '@visanet/cbb-sync';
import { quote } from '../layout/identifiers.ts';
import type { Layout } from '../layout/layout.ts';

/** A `pg` client on a direct connection: a transaction-mode pooler cannot listen. */
export interface DirectClient {
  connect(): Promise<unknown>;
  query(text: string): Promise<unknown>;
  on(event: 'notification', listener: (message: { readonly payload?: string | undefined }) => void): unknown;
  on(event: 'error' | 'end', listener: () => void): unknown;
  end(): Promise<unknown>;
}

export type ListenState = 'listening' | 'disconnected';

export interface ListenOptions {
  /** Makes a new, unconnected client; called again after each lost connection. */
  readonly directClient: () => DirectClient;
  /** Called with each order that became due; must not throw. */
  readonly onOrder: (orderId: string) => void;
  /** What was announced while disconnected is lost: the sweep finds it. */
  readonly onState?: (state: ListenState) => void;
  /** Wait before a connection is tried again, in milliseconds. @default 1000 */
  readonly reconnectDelayMs?: number;
}

export interface Listener {
  /** Stops listening and ends the client. */
  close(): Promise<void>;
}

const pass = () => undefined;

function connection(channel: string, options: ListenOptions, onLost: () => void) {
  const client = options.directClient();
  let open = true;
  const lose = () => {
    if (!open) return;
    open = false;
    onLost();
  };
  client.on('error', lose);
  client.on('end', lose);
  client.on('notification', ({ payload }) => {
    if (open && payload !== undefined && payload !== '') options.onOrder(payload);
  });
  const ready = client
    .connect()
    .then(() => client.query(`LISTEN ${quote(channel)}`))
    .then(() => {
      if (open) options.onState?.('listening');
    }, lose);
  return {
    async end() {
      open = false;
      await ready;
      await client.end().catch(pass);
    },
  };
}

/**
 * @throws TypeError when the options are wrong, or the store was made with `notifyChannel: false`
 */
export function createListen({ listenChannel }: Layout): (options: ListenOptions) => Listener {
  return (options) => {
    checkOptions('listen', options, {
      directClient: isFunction,
      onOrder: isFunction,
      onState: optional(isFunction),
      reconnectDelayMs: optional(wholeNumber(1)),
    });
    if (listenChannel === null)
      throw new TypeError('listen: notifyChannel is false, so nothing is announced');
    const delayMs = options.reconnectDelayMs ?? 1_000;
    let closed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = connection(listenChannel, options, reconnect);

    function reconnect() {
      options.onState?.('disconnected');
      const lost = current;
      timer = setTimeout(async () => {
        await lost.end();
        if (!closed && listenChannel !== null) current = connection(listenChannel, options, reconnect);
      }, delayMs);
    }

    return {
      async close() {
        closed = true;
        clearTimeout(timer);
        await current.end();
      },
    };
  };
}
