/**
 * What a request is for. It decides what may be repeated:
 * a `read` has no effect; an `update` may be sent twice; a `create` or a `message` to a customer never is.
 */
export type Intent = 'read' | 'update' | 'create' | 'message';

/** One operation of an API document. */
export interface Operation {
  /** The document's `operationId`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in the document, with parameters in braces. */
  readonly pathTemplate: string;
  readonly intent: Intent;
}

export function isRepeatable(operation: Operation): boolean {
  return operation.intent === 'read' || operation.intent === 'update';
}
