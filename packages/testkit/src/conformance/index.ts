export type {
  QueueHarness,
  QueueSetup,
  QueueSuiteOptions,
  QueueTestRunner,
  QueueTransaction,
} from './queue/queue-suite.ts';
export { createScriptedEngine, type ScriptedEngine, type ScriptedRun } from './queue/scripted-engine.ts';
export { testQueueAdapter } from './queue/test-queue-adapter.ts';
