export {
  type GatewayFault,
  type GatewayService,
  type GatewaySubject,
  type GatewaySuiteOptions,
  type GatewayTestRunner,
  gatewayFields,
} from './gateway/gateway-suite.ts';
export { testContactGateway } from './gateway/test-contact-gateway.ts';
export type { StoreSubject, StoreSuiteOptions, StoreTestRunner } from './order-store/store-suite.ts';
export { type SuiteOrder, suiteMapping } from './order-store/suite-order.ts';
export { testOrderStore } from './order-store/test-order-store.ts';
export type {
  QueueHarness,
  QueueSetup,
  QueueSuiteOptions,
  QueueTestRunner,
  QueueTransaction,
} from './queue/queue-suite.ts';
export { createScriptedEngine, type ScriptedEngine, type ScriptedRun } from './queue/scripted-engine.ts';
export { testQueueAdapter } from './queue/test-queue-adapter.ts';
