import { expect, it } from 'vitest';
import {
  acceptsAll,
  createManualClock,
  createSimulator,
  mixedFaults,
  startSimulatorServer,
} from '../index.ts';
import { simulatorHandlers } from '../msw/index.ts';

/** As a test without types calls. */
const untyped = async (create: object, given: readonly unknown[]): Promise<unknown> =>
  typeof create === 'function' ? Reflect.apply(create, undefined, given) : null;

it.each<[string, object, readonly unknown[]]>([
  ['simulator: must be', startSimulatorServer, []],
  ['simulator: must be', startSimulatorServer, [null]],
  ['simulator: must be', startSimulatorServer, [{}]],
  ['simulator: must be', simulatorHandlers, []],
  ['server options: must be an object', startSimulatorServer, [createSimulator(), null]],
  ['msw options: must be an object', simulatorHandlers, [createSimulator(), null]],
  ['simulator options: must be an object', createSimulator, [null]],
  ['manual clock: must be an object', createManualClock, [null]],
  ['mixed faults: must be an object', mixedFaults, [null]],
  ['replay target: must be an object', acceptsAll, [[]]],
])('a call that lacks something says "%s"', async (said, create, given) => {
  const refused = await untyped(create, given).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(TypeError);
  expect(String(refused)).toContain(`[cbb-testkit] ${said}`);
});
