export { type SimulatorHandlersOptions, simulatorHandlers } from './simulator-handlers.ts';
