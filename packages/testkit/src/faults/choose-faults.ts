import type { Random } from '../simulator/random.ts';
import { type Fault, type FaultRule, type FaultSubject, type FaultTarget, strikes } from './fault.ts';

export interface FaultChoice {
  readonly latencyMs: number;
  /** At most one besides latency. */
  readonly fault: Exclude<Fault, { kind: 'latency' }> | null;
}

/** Decides what strikes a request: the script first, then chance. */
export interface FaultChooser {
  choose(subject: FaultSubject): FaultChoice;
  script(fault: Fault, target: FaultTarget, times: number): void;
  setRules(rules: readonly FaultRule[]): void;
}

export function createFaultChooser(initialRules: readonly FaultRule[], random: Random): FaultChooser {
  let rules = initialRules;
  let script: { fault: Fault; target: FaultTarget; times: number }[] = [];

  return {
    choose(subject) {
      let latencyMs = 0;
      let chosen: FaultChoice['fault'] = null;
      const take = (fault: Fault) => {
        if (fault.kind === 'latency') latencyMs += fault.delayMs;
        else chosen ??= fault;
      };
      const scripted = script.find(({ target }) => strikes(target, subject));
      if (scripted !== undefined) {
        take(scripted.fault);
        scripted.times -= 1;
        script = script.filter(({ times }) => times > 0);
      }
      // Each rule draws for each request, so that one rule's target does not shift the others' chances.
      for (const rule of rules) {
        const hit = random.next() < (rule.probability ?? 1);
        if (hit && strikes(rule.target, subject)) take(rule.fault);
      }
      return { latencyMs, fault: chosen };
    },
    script(fault, target, times) {
      script.push({ fault, target, times });
    },
    setRules(next) {
      rules = next;
    },
  };
}
