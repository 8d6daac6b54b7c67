type Attributes = Readonly<Record<string, string | number>>;

/** What the client asks of a span; OpenTelemetry's has it. */
export interface TracerSpan {
  setAttribute(name: string, value: string | number): unknown;
  setStatus(status: { readonly code: number }): unknown;
  end(): void;
}

/** What the client asks of a tracer; OpenTelemetry's has it. */
export interface Tracer {
  startActiveSpan<T>(
    name: string,
    options: { readonly kind: number; readonly attributes: Attributes },
    run: (span: TracerSpan) => T,
  ): T;
}

export interface SpanStart {
  readonly name: string;
  readonly kind: 'internal' | 'client';
  readonly attributes?: Attributes;
}

/** `note` adds to the span; an `error.type` marks it as failed. */
type Work<T> = (note: (told: Attributes) => void) => Promise<T>;

/** Runs the work inside of a span. */
export type Tracing = <T>(start: SpanStart, work: Work<T>) => Promise<T>;

/** As OpenTelemetry numbers them. */
const spanKinds = { internal: 0, client: 2 } as const;
const failedStatus = { code: 2 } as const;

/** A tracer has no say in the call: what it throws is dropped. */
export function createTracing(tracer: Tracer | undefined): Tracing {
  if (tracer === undefined) return (_, work) => work(() => undefined);
  return <T>({ name, kind, attributes = {} }: SpanStart, work: Work<T>) => {
    let running: Promise<T> | undefined;
    const run = (span: TracerSpan) => {
      running ??= follow(span, work);
      return running;
    };
    quietly(() => tracer.startActiveSpan(name, { kind: spanKinds[kind], attributes }, run));
    return running ?? work(() => undefined);
  };
}

async function follow<T>(span: TracerSpan, work: Work<T>): Promise<T> {
  try {
    return await work((told) => {
      quietly(() => {
        for (const [name, value] of Object.entries(told)) span.setAttribute(name, value);
        if ('error.type' in told) span.setStatus(failedStatus);
      });
    });
  } finally {
    quietly(() => span.end());
  }
}

function quietly(observe: () => unknown): void {
  try {
    observe();
  } catch {
    // An observer has no say in the call.
  }
}
