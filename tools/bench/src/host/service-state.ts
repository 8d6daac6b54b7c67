import * as z from 'zod';
import type { Service } from '../bench/service/start-service.ts';

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const stateSchema = z.object({ contacts: z.array(z.object({ id: z.string(), fields: fieldsSchema })) });

/** A contact as the service holds it. */
export type ContactAtRest = z.output<typeof stateSchema>['contacts'][number];

async function ask({ origin }: Service, resource: string): Promise<unknown> {
  return (await fetch(`${origin}/__simulator/${resource}`)).json();
}

export async function readContacts(service: Service): Promise<readonly ContactAtRest[]> {
  return stateSchema.parse(await ask(service, 'state')).contacts;
}

/** Number of exchanges that did not fit the contract's document. */
export async function readViolations(service: Service): Promise<number> {
  return z.array(z.unknown()).parse(await ask(service, 'violations')).length;
}

/** Number of requests by operation. */
export async function readRequests(service: Service): Promise<Readonly<Record<string, number>>> {
  return z.record(z.string(), z.number()).parse(await ask(service, 'journal/counts'));
}
