import type { Rule } from 'eslint';
import type { Type } from 'typescript';

interface TypeServices {
  getTypeAtLocation(node: Rule.Node): Type;
}

/**
 * Reports a statement whose value is a Result that nobody reads. Published rules for neverthrow also report
 * `if (result.isErr())` and results handed to a function; a result kept in an unused variable is Biome's to report.
 */
export const noDroppedResult: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { dropped: 'This Result is dropped, and its error with it: look at it, or return it.' },
  },
  create(context) {
    const services: TypeServices = context.sourceCode.parserServices;
    function check(node: Rule.Node): void {
      const type = services.getTypeAtLocation(node);
      const parts = type.isUnion() ? type.types : [type];
      if (parts.some(isResult)) context.report({ node, messageId: 'dropped' });
    }
    return {
      'ExpressionStatement > .expression:not(AssignmentExpression)': check,
      'ExpressionStatement > UnaryExpression[operator="void"] > .argument': check,
    };
  },
};

/** By shape, not by name: a Result of another copy of neverthrow counts, and so does a ResultAsync. */
function isResult(type: Type): boolean {
  return ['andThen', 'mapErr', 'unwrapOr'].every((method) => type.getProperty(method) !== undefined);
}
