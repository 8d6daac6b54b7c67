import { createPlanClient, type PlanClient, type PlanClientOptions } from './plan/create-plan-client.ts';

export type CbbClientOptions = PlanClientOptions;
export type CbbClient = PlanClient;

/**
 * A client of the CBB contacts API, by contract.
 * @throws TypeError that lists every unusable option
 */
export function createCbbClient(options: PlanClientOptions): PlanClient {
  return createPlanClient(options);
}
