import { ourEngine } from './contenders/our-engine.ts';
import { planProcessor } from './contenders/plan-processor.ts';
import { practice } from './contenders/practice.ts';
import { type ContractName, pricingsOf } from './contract.ts';
import { judge, type Ours, wrongContacts } from './judge.ts';
import { type Measurement, measure } from './measure.ts';
import { startService } from './service/start-service.ts';
import { expectedContacts } from './trace/expected-contacts.ts';
import { type FloorRow, floorOf, type Pricing } from './trace/floor.ts';
import { createStandardTrace, type TraceOptions } from './trace/standard-trace.ts';

export interface Standing extends Omit<Measurement, 'contacts'> {
  /** Calls as a multiple of the contender's own floor. */
  readonly ratio: number;
  readonly wrongContacts: number;
}

export interface BenchResult {
  readonly contract: ContractName;
  readonly events: number;
  readonly floors: readonly {
    readonly pricing: Pricing;
    readonly rows: readonly FloorRow[];
    readonly total: number;
  }[];
  readonly standings: readonly Standing[];
  /** Empty: all is well. */
  readonly failures: readonly string[];
}

/** Every contender on the same trace and against the same server, which forgets everything in between. */
export async function runBench(contract: ContractName, traceOptions: TraceOptions): Promise<BenchResult> {
  const trace = createStandardTrace(traceOptions);
  const expected = expectedContacts(trace);
  const customers = [...new Set(trace.map(({ customer }) => customer))];
  const withoutWhatsApp = customers.flatMap(({ phone, hasWhatsApp }) => (hasWhatsApp ? [] : (phone ?? [])));

  const floors = pricingsOf[contract].map((pricing) => {
    const rows = floorOf(trace, pricing);
    return { pricing, rows, total: rows.reduce((sum, { calls }) => sum + calls, 0) };
  });
  const lowestFloor = Math.min(...floors.map(({ total }) => total));
  const service = await startService({ contract, withoutWhatsApp });
  let usual: Measurement;
  const ours: Ours[] = [];
  try {
    usual = await measure(contract === 'plan' ? planProcessor(service) : practice(service), service, trace);
    for (const { pricing, total } of floors) {
      await service.reset();
      ours.push({ measurement: await measure(ourEngine(pricing, service), service, trace), floor: total });
    }
  } finally {
    await service.stop();
  }

  const standing = ({ contacts, ...measurement }: Measurement, floor: number): Standing => ({
    ...measurement,
    ratio: measurement.total / floor,
    wrongContacts: wrongContacts(contacts, expected, contract),
  });
  const all = [usual, ...ours.map(({ measurement }) => measurement)];
  return {
    contract,
    events: trace.length,
    floors,
    standings: [
      standing(usual, lowestFloor),
      ...ours.map(({ measurement, floor }) => standing(measurement, floor)),
    ],
    failures: judge(all, ours, lowestFloor, expected, contract),
  };
}
