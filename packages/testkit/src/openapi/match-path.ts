import type { OpenApiModel, OperationModel } from './model.ts';

export interface PathMatch {
  readonly pathTemplate: string;
  /** Undefined: the path exists, but not with this method. */
  readonly operation: OperationModel | undefined;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds the operation of a request; a template with fewer parameters comes first. */
export function createPathMatcher(model: OpenApiModel): (method: string, path: string) => PathMatch | null {
  const templates = [...new Set(model.operations.map((operation) => operation.pathTemplate))]
    .map((pathTemplate) => ({ pathTemplate, segments: pathTemplate.split('/') }))
    .sort((a, b) => a.pathTemplate.split('{').length - b.pathTemplate.split('{').length);

  return (method, path) => {
    const segments = path.split('/');
    for (const template of templates) {
      const pathParameters = readParameters(template.segments, segments);
      if (pathParameters === null) continue;
      const { pathTemplate } = template;
      const operation = model.operations.find(
        (one) => one.pathTemplate === pathTemplate && one.method === method,
      );
      return { pathTemplate, operation, pathParameters };
    }
    return null;
  };
}

function readParameters(
  template: readonly string[],
  segments: readonly string[],
): Record<string, string> | null {
  if (template.length !== segments.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(.+)\}$/.exec(expected)?.[1];
    if (name === undefined) {
      if (segment !== expected) return null;
      continue;
    }
    const value = decode(segment);
    if (value === null || value === '') return null;
    parameters[name] = value;
  }
  return parameters;
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
