import { createPlanClient, type PlanClient, type PlanClientOptions } from './plan/create-plan-client.ts';
import { createV11Client, type V11Client, type V11ClientOptions } from './v11/create-v11-client.ts';

export type CbbClientOptions = PlanClientOptions | V11ClientOptions;
export type CbbClient = PlanClient | V11Client;

/**
 * A client of the CBB contacts API, by contract. `detectContract` tells which one a host speaks.
 * @throws TypeError that lists every unusable option
 */
export function createCbbClient(options: PlanClientOptions): PlanClient;
export function createCbbClient(options: V11ClientOptions): V11Client;
export function createCbbClient(options: CbbClientOptions): CbbClient;
export function createCbbClient(options: CbbClientOptions): CbbClient {
  switch (options?.contract) {
    case 'plan':
      return createPlanClient(options);
    case 'v1.1':
      return createV11Client(options);
    default:
      throw new TypeError("[cbb-client] invalid options:\n- contract: expected 'plan' or 'v1.1'");
  }
}
