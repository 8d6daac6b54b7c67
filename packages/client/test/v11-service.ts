import { http } from 'msw';

export interface ServiceField {
  readonly id: string;
  readonly name: string;
  readonly type: number;
  readonly options?: readonly string[];
}

interface ServiceContact {
  first_name: string;
  last_name: string;
  email: string;
  channel: number;
  readonly values: Map<string, string>;
}

interface Posted extends Partial<Pick<ServiceContact, 'first_name' | 'last_name' | 'email'>> {
  readonly phone: string;
  readonly actions?: { field_name: string; value: string }[];
}

/** One exchange with the service, as it was received and answered. */
export interface Exchange {
  readonly line: string;
  readonly body: string;
  readonly headers: Headers;
}

export type Handle = (request: Request) => Promise<Response>;

export interface V11Service {
  readonly fields: ServiceField[];
  readonly contacts: Map<string, ServiceContact>;
  readonly exchanges: Exchange[];
  /** Stands between the service and its caller; the index counts from 0. */
  intercept: (index: number, request: Request, answer: Handle) => Promise<Response>;
  readonly fetch: Handle;
  readonly handlers: ReturnType<typeof http.all>[];
  lines(): string[];
}

const fields: readonly ServiceField[] = [
  { id: '100001', name: 'visa_country', type: 0 },
  { id: '100002', name: 'visa_quantity', type: 1 },
  { id: '100003', name: 'entry_date', type: 2 },
  { id: '100004', name: 'order_date_time', type: 3 },
  { id: '100005', name: 'order_urgent', type: 4 },
  { id: '100006', name: 'notes', type: 5 },
  { id: '100007', name: 'language', type: 6, options: ['en', 'he'] },
  { id: '100008', name: 'products', type: 7, options: ['evisa', 'eta'] },
  { id: '100009', name: 'odd', type: 99 },
];

/** A contract v1.1 service in small: an upsert by phone, fields by id and by name, an empty contact for an unknown phone. */
export function createV11Service(): V11Service {
  const contacts = new Map<string, ServiceContact>();
  const answer: Handle = async (request) => {
    const { pathname } = new URL(request.url);
    const path = pathname.replace('/api', '');
    const text = await request.text();
    if (path === '/accounts/me') return Response.json({ page_id: '1000001', name: 'Example', active: true });
    if (path === '/accounts/custom_fields' && request.method === 'GET') return Response.json(service.fields);
    if (path === '/accounts/custom_fields') {
      const id = String(100_001 + service.fields.length);
      const field = { id, ...JSON.parse(text) };
      service.fields.push(field);
      return Response.json({ id, name: field.name });
    }
    if (path === '/contacts') return upsert(JSON.parse(text));
    const [, phone = '', part = '', fieldId = ''] =
      /^\/contacts\/(\d+)\/?([a-z_]*)\/?(\d*)$/.exec(path) ?? [];
    const contact = contacts.get(phone);
    if (part === '') return Response.json(contact === undefined ? emptyContact(phone) : wire(phone, contact));
    if (contact === undefined) return Response.json({ success: false, message: 'Contact not found' });
    if (part === 'send_content') act(contact, JSON.parse(text).actions);
    if (part === 'custom_fields') {
      if (request.method === 'DELETE') contact.values.delete(fieldId);
      else contact.values.set(fieldId, new URLSearchParams(text).get('value') ?? '');
    }
    return Response.json({ success: true });
  };

  const emptyContact = (phone: string) => ({ id: phone, phone: '', first_name: '', custom_fields: [] });

  const wire = (id: string, { values, ...contact }: ServiceContact) => ({
    id,
    phone: id,
    ...contact,
    full_name: `${contact.first_name} ${contact.last_name}`.trim(),
    tags: [],
    custom_fields: service.fields
      .filter((field) => values.has(field.id))
      .map((field) => ({ id: field.id, name: field.name, type: field.type, value: values.get(field.id) })),
  });

  const act = (contact: ServiceContact, actions: { field_name: string; value: string }[] = []) => {
    for (const { field_name, value } of actions) {
      const field = service.fields.find(({ name }) => name === field_name);
      if (field !== undefined) contact.values.set(field.id, value);
    }
  };

  const upsert = ({ phone, actions, ...rest }: Posted) => {
    const contact = contacts.get(phone) ?? {
      ...{ first_name: '', last_name: '', email: '', channel: 5, values: new Map<string, string>() },
      ...rest,
    };
    contacts.set(phone, contact);
    act(contact, actions);
    return Response.json({ success: true, data: wire(phone, contact) });
  };

  const handle: Handle = async (request) => {
    const { pathname, search } = new URL(request.url);
    const index = service.exchanges.length;
    service.exchanges.push({
      line: `${request.method} ${pathname.replace('/api', '')}${search}`,
      body: await request.clone().text(),
      headers: request.headers,
    });
    return service.intercept(index, request, answer);
  };

  const service: V11Service = {
    contacts,
    fields: [...fields],
    exchanges: [],
    intercept: (_, request, next) => next(request),
    fetch: handle,
    handlers: [http.all('*', ({ request }) => handle(request))],
    lines: () => service.exchanges.map(({ line }) => line),
  };
  return service;
}
