import type { Comparison, Expression } from './expression.pure.ts';
import { filters, type FilterContext } from './filters.pure.ts';
import { isEmpty, plainText } from './values.pure.ts';

/** What an expression can see: names with their values. */
export interface Scope extends FilterContext {
  names: Readonly<Record<string, unknown>>;
}

/** The value of an expression; null where a path leads nowhere. Throws ValueProblem. */
export function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case 'value':
      return expression.value;
    case 'path':
      return follow(scope.names, expression.steps);
    case 'list':
      return expression.members.map((member) => evaluate(member, scope));
    case 'filter': {
      const args = expression.args.map((argument) => evaluate(argument, scope));
      return filters[expression.name]!.apply(evaluate(expression.input, scope), args, scope);
    }
    case 'not':
      return !isTrue(evaluate(expression.inner, scope));
    case 'and':
      return isTrue(evaluate(expression.left, scope)) && isTrue(evaluate(expression.right, scope));
    case 'or':
      return isTrue(evaluate(expression.left, scope)) || isTrue(evaluate(expression.right, scope));
    case 'compare':
      return compare(expression.operator, evaluate(expression.left, scope), evaluate(expression.right, scope));
  }
}

/** The value behind a path: own fields of plain data and places of lists only; null when there is none. */
export function follow(start: unknown, steps: readonly (string | number)[]): unknown {
  let value = start;
  for (const step of steps) {
    if (Array.isArray(value)) value = typeof step === 'number' ? value.at(step) : undefined;
    else if (typeof value === 'object' && value !== null && !(value instanceof Date) && Object.hasOwn(value, step)) {
      value = (value as Record<string | number, unknown>)[step];
    } else return null;
  }
  return value ?? null;
}

/** Empty values, false and 0 are not true. */
export function isTrue(value: unknown): boolean {
  return value !== false && value !== 0 && !isEmpty(value);
}

function compare(operator: Comparison, left: unknown, right: unknown): boolean {
  switch (operator) {
    case '==':
      return same(left, right);
    case '!=':
      return !same(left, right);
    case 'contains':
      return holds(left, right);
    case 'in':
      return holds(right, left);
    case 'starts_with':
      return typeof left === 'string' && left.startsWith(plainText(right));
    default:
      return ordered(operator, left, right);
  }
}

/** A number equals its text, as platforms send either. */
function same(left: unknown, right: unknown): boolean {
  if (left === null || right === null) return left === right;
  return left === right || plainText(left) === plainText(right);
}

function holds(whole: unknown, part: unknown): boolean {
  if (Array.isArray(whole)) return whole.some((member) => same(member ?? null, part));
  return typeof whole === 'string' && part !== null && whole.includes(plainText(part));
}

function ordered(operator: '<' | '<=' | '>' | '>=', left: unknown, right: unknown): boolean {
  const order = orderOf(left, right);
  if (order === null) return false;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function orderOf(left: unknown, right: unknown): number | null {
  if (isEmpty(left) || isEmpty(right)) return null;
  const numbers = [Number(plainText(left)), Number(plainText(right))] as const;
  if (!numbers.some(Number.isNaN)) return Math.sign(numbers[0] - numbers[1]);
  const texts = [plainText(left), plainText(right)] as const;
  return texts[0] === texts[1] ? 0 : texts[0] < texts[1] ? -1 : 1;
}
