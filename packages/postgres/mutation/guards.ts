import { type Token, tokenize } from './tokenize.ts';

/** One way to weaken a statement. */
export interface Guard {
  readonly start: number;
  readonly end: number;
  /** What stands there instead. */
  readonly instead: string;
  /** The innermost bracket, CASE or statement around it. */
  readonly scope: { readonly start: number; readonly end: number };
}

type Change = Omit<Guard, 'scope'>;

/** Words that end one expression; those of `begins` begin a condition that may stand alone. */
const separators = new Set(
  `WITH RECURSIVE AS MATERIALIZED SELECT DISTINCT FROM WHERE ON HAVING GROUP ORDER BY LIMIT OFFSET FOR RETURNING UNION
  EXCEPT INTERSECT ALL JOIN LEFT RIGHT INNER CROSS LATERAL USING INSERT INTO UPDATE DELETE SET VALUES DO NOTHING
  CONFLICT WHEN THEN ELSE FILTER OVER WINDOW PARTITION , ;`.split(/\s+/),
);
const begins = new Set(['WHERE', 'ON', 'HAVING', 'WHEN']);

interface Expression {
  /** The separator before it. */
  readonly after: string;
  /** Within the assignments of an UPDATE. */
  readonly assigns: boolean;
  readonly tokens: readonly Token[];
}

function expressionsOf(tokens: readonly Token[]): Expression[] {
  const expressions: Expression[] = [];
  let after = '';
  let assigns = false;
  let current: Token[] = [];
  const flush = () => {
    if (current.length > 0) expressions.push({ after, assigns, tokens: current });
    current = [];
  };
  for (const [index, token] of tokens.entries()) {
    // IS DISTINCT FROM is an operator.
    const before = tokens[index - 1]?.text;
    const isOperator =
      (token.text === 'DISTINCT' && (before === 'IS' || before === 'NOT')) ||
      (token.text === 'FROM' && before === 'DISTINCT' && /^(IS|NOT)$/.test(tokens[index - 2]?.text ?? ''));
    if (isOperator || token.inside !== null || !separators.has(token.text)) {
      current.push(token);
      continue;
    }
    flush();
    if (token.text === 'SET') assigns = true;
    else if (token.text !== ',') assigns = false;
    after = token.text;
  }
  flush();
  return expressions;
}

/** The operands of the loosest operator on this level, or null where there is none. */
function split(tokens: readonly Token[], operator: 'OR' | 'AND'): Token[][] | null {
  const operands: Token[][] = [[]];
  let between = false;
  for (const token of tokens) {
    if (token.text === 'BETWEEN') between = true;
    if (token.text === operator && !(operator === 'AND' && between)) operands.push([]);
    else operands.at(-1)?.push(token);
    if (token.text === 'AND') between = false;
  }
  return operands.length > 1 ? operands : null;
}

function replace(tokens: readonly Token[], instead: string): Change[] {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (tokens.length === 1 && /^(TRUE|FALSE)$/.test(first.text)) return [];
  return [{ start: first.start, end: last.end, instead }];
}

/** Each condition of a boolean expression, taken out of it: true beside AND, false beside OR. */
function operandGuards(tokens: readonly Token[]): Change[] {
  const either = split(tokens, 'OR');
  if (either !== null) {
    return either.flatMap((operand) => [...replace(operand, 'false'), ...operandGuards(operand)]);
  }
  return (split(tokens, 'AND') ?? []).flatMap((operand) => replace(operand, 'true'));
}

function expressionGuards({ after, assigns, tokens }: Expression): Change[] {
  // `column = value`
  const value = assigns && tokens[1]?.text === '=' ? tokens.slice(2) : tokens;
  const [only] = value;
  if (assigns && value.length === 1 && only !== undefined && /^(TRUE|FALSE)$/.test(only.text)) {
    return [{ start: only.start, end: only.end, instead: only.text === 'TRUE' ? 'false' : 'true' }];
  }
  const alone = begins.has(after) && split(value, 'OR') === null && split(value, 'AND') === null;
  return [
    ...operandGuards(value),
    ...(alone ? replace(value, 'true') : []),
    ...(after === 'WHEN' ? replace(value, 'false') : []),
  ];
}

/** Locks, and what happens where another holds one. */
function lockGuards(tokens: readonly Token[]): Change[] {
  return tokens.flatMap((token, index) => {
    if (token.text !== 'FOR' || !/^(UPDATE|NO|SHARE|KEY)$/.test(tokens[index + 1]?.text ?? '')) return [];
    let end = index + 1;
    while (/^(NO|KEY|UPDATE|SHARE)$/.test(tokens[end]?.text ?? '')) end += 1;
    if (tokens[end]?.text === 'OF') end += 2;
    const strength = tokens[end - 1];
    if (strength === undefined) return [];
    const skip = tokens[end]?.text === 'SKIP' ? tokens[end + 1] : undefined;
    const nowait = tokens[end]?.text === 'NOWAIT' ? tokens[end] : undefined;
    const patience = skip ?? nowait;
    const whole = { start: token.start, end: (patience ?? strength).end, instead: '' };
    return patience === undefined
      ? [whole]
      : [whole, { start: strength.end, end: patience.end, instead: '' }];
  });
}

function collationGuards(tokens: readonly Token[]): Change[] {
  return tokens.flatMap((token, index) => {
    const collation = tokens[index + 1];
    if (token.text !== 'COLLATE' || collation === undefined) return [];
    return [{ start: token.start, end: collation.end, instead: '' }];
  });
}

function guardsIn(tokens: readonly Token[], scope: Guard['scope'], inSimpleCase: boolean): Guard[] {
  const conditions = inSimpleCase ? [] : expressionsOf(tokens).flatMap(expressionGuards);
  const own = [...conditions, ...lockGuards(tokens), ...collationGuards(tokens)];
  const inner = tokens.flatMap((group) =>
    group.inside === null
      ? []
      : guardsIn(group.inside, group, group.text === 'CASE' && group.inside[0]?.text !== 'WHEN'),
  );
  return [...own.map((change) => ({ ...change, scope })), ...inner];
}

/**
 * Every condition of a WHERE, ON, HAVING or CASE, every operand of AND and OR, every flag that is set, every lock and
 * collation of a statement, each with what weakens it.
 */
export function guardsOf(sql: string): Guard[] {
  return guardsIn(tokenize(sql), { start: 0, end: sql.length }, false).sort(
    (left, right) => left.start - right.start || right.end - left.end,
  );
}
