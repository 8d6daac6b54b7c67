export { type BuildOptions, buildOrder, type OrderRow } from './builders/build-order.ts';
export {
  buildViziWebhook,
  type ViziWebhook,
  type ViziWebhookOverrides,
} from './builders/build-vizi-webhook.ts';
export type { ContractName, RetryAfterForm } from './contract/contract.ts';
export type { CustomFieldType } from './contract/field-types.ts';
export type {
  CustomFieldDefinition,
  FieldValue,
  NamedEntry,
  SentMessage,
  SimulatedContact,
} from './contract/world.ts';
export type { Outcome } from './faults/damage.ts';
export type {
  Fault,
  FaultKind,
  FaultMoment,
  FaultRule,
  FaultTarget,
  PlannedResponse,
} from './faults/fault.ts';
export { type MixedFaultsOptions, mixedFaults } from './faults/mixed-faults.ts';
export type { JournalEntry, RecordedRequest } from './journal/journal.ts';
export { failOnViolations, type TestHooks } from './openapi/fail-on-violations.ts';
export type { Violation } from './openapi/violation.ts';
export {
  acceptsAll,
  type RefusedRequest,
  type ReplayReport,
  type ReplayTarget,
} from './replay/accepts-all.ts';
export {
  type SimulatorServer,
  type SimulatorServerOptions,
  startSimulatorServer,
} from './server/start-simulator-server.ts';
export { createSimulator } from './simulator/create-simulator.ts';
export type { Simulator } from './simulator/simulator.ts';
export type { RuntimeSettings, SimulatorOptions } from './simulator/simulator-options.ts';
export type { SimulatorState } from './simulator/simulator-state.ts';
export { createManualClock, type ManualClock, type ManualClockOptions } from './testing/manual-clock.ts';
export type { CustomFieldOption, V11Options } from './v11/v11-options.ts';
