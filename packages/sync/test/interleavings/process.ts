import { ResultAsync } from 'neverthrow';
import type { Clock } from '../../src/ports/clock.ts';
import type { ContactGateway } from '../../src/ports/contact-gateway.ts';
import type { OrderStore } from '../../src/ports/order-store.ts';

/** Where a process ends (crash) or freezes (zombie): before or after the effect of its nth port call. */
export interface Fate {
  readonly kind: 'crash' | 'zombie';
  readonly atCall: number;
  readonly when: 'before' | 'after';
}

type Through = <T, E>(label: string, call: () => ResultAsync<T, E>) => ResultAsync<T, E>;

/** One worker process: every port call is a scheduling point before and after its effect. */
export class Process {
  readonly through: Through;
  readonly fate: Fate | undefined;
  /** The world's clock, which calls nobody back in a process that is frozen. */
  readonly clock: Clock;
  #calls = 0;
  #frozen = false;
  #overdue: (() => void)[] = [];
  #wake: (() => void) | undefined;
  #paused: (() => void) | undefined;
  #work: Promise<unknown> = Promise.resolve();

  constructor(point: (label: string) => Promise<unknown>, clock: Clock, fate?: Fate) {
    this.fate = fate;
    this.clock = {
      now: () => clock.now(),
      schedule: (delayMs, callback) =>
        clock.schedule(delayMs, () => {
          if (this.#frozen) this.#overdue.push(callback);
          else callback();
        }),
    };
    this.through = (label, call) =>
      new ResultAsync(
        (async () => {
          const index = this.#calls;
          this.#calls += 1;
          await point(`${label} asked`);
          await this.#meetFate(index, 'before');
          const result = await call();
          await this.#meetFate(index, 'after');
          await point(`${label} answered`);
          return result;
        })(),
      );
  }

  /** Settles when the work is done, or when the process met its fate. */
  run(work: () => Promise<unknown>): Promise<unknown> {
    const paused = new Promise<void>((resolve) => {
      this.#paused = resolve;
    });
    this.#work = work();
    return Promise.race([this.#work, paused]);
  }

  /** Lets a frozen process go on; settles when its work is done. */
  async wake(): Promise<void> {
    if (this.#wake === undefined) return;
    this.#frozen = false;
    for (const callback of this.#overdue.splice(0)) callback();
    this.#wake();
    await this.#work;
  }

  async #meetFate(index: number, when: Fate['when']): Promise<void> {
    const { fate } = this;
    if (fate === undefined || fate.atCall !== index || fate.when !== when) return;
    this.#frozen = true;
    const frozen = new Promise<void>((resolve) => {
      if (fate.kind === 'zombie') this.#wake = resolve;
    });
    this.#paused?.();
    await frozen;
  }
}

export function storeThrough<O>(store: OrderStore<O>, through: Through): OrderStore<O> {
  return {
    load: (...given) => through('load', () => store.load(...given)),
    admit: (...given) => through('admit', () => store.admit(...given)),
    settle: (...given) => through('settle', () => store.settle(...given)),
    begin: (...given) => through('begin', () => store.begin(...given)),
    renew: (...given) => through('renew', () => store.renew(...given)),
    complete: (...given) => through('complete', () => store.complete(...given)),
    release: (...given) => through('release', () => store.release(...given)),
    voidLedger: (...given) => through('void', () => store.voidLedger(...given)),
    claimDue: (...given) => through('claim', () => store.claimDue(...given)),
    listDue: (...given) => through('list', () => store.listDue(...given)),
    arm: (...given) => through('arm', () => store.arm(...given)),
    rearm: (...given) => through('rearm', () => store.rearm(...given)),
    peek: (...given) => through('peek', () => store.peek(...given)),
    beginErase: (...given) => through('begin erase', () => store.beginErase(...given)),
    completeErase: (...given) => through('complete erase', () => store.completeErase(...given)),
    isErased: (...given) => through('is erased', () => store.isErased(...given)),
    liftTombstone: (...given) => through('lift', () => store.liftTombstone(...given)),
  };
}

export function gatewayThrough(gateway: ContactGateway, through: Through): ContactGateway {
  return {
    capabilities: gateway.capabilities,
    find: (...given) => through('find', () => gateway.find(...given)),
    create: (...given) => through('create', () => gateway.create(...given)),
    update: (...given) => through('update', () => gateway.update(...given)),
    checkWhatsApp: (...given) => through('check', () => gateway.checkWhatsApp(...given)),
    erase: (...given) => through('erase', () => gateway.erase(...given)),
  };
}
