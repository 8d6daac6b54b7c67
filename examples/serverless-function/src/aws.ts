/** The parts of API Gateway's HTTP event (payload format 2.0), or of a function URL's, that are used. */
export interface AwsHttpEvent {
  readonly rawPath: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestContext: { readonly http: { readonly method: string } };
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** Anything else, e.g. of EventBridge: its time has come, nothing more is read. */
export interface AwsScheduledEvent {
  readonly source: string;
  readonly rawPath?: undefined;
}

export interface AwsContext {
  getRemainingTimeInMillis(): number;
}

export interface AwsHttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function toRequest({
  rawPath,
  headers,
  requestContext,
  body,
  isBase64Encoded,
}: AwsHttpEvent): Request {
  const { method } = requestContext.http;
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const content = body !== undefined && isBase64Encoded ? Buffer.from(body, 'base64') : body;
  return new Request(new URL(rawPath, 'http://function.invalid'), {
    method,
    headers: Object.fromEntries(given),
    ...(content === undefined || method === 'GET' || method === 'HEAD' ? {} : { body: content }),
  });
}

export async function toAwsAnswer(response: Response): Promise<AwsHttpAnswer> {
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}
