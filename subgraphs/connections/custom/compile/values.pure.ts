import { evaluate, isTrue, type Scope } from '../language/evaluate.pure.ts';
import { parseExpression } from '../language/expression.pure.ts';
import { compileTemplate } from '../language/template.pure.ts';
import { isEmpty, plainText } from '../language/values.pure.ts';
import type { MappedValue } from '../manifest/fields.pure.ts';

export type Compiled<T = unknown> = (scope: Scope) => T;

/** A value of a mapping: a template, a constant, the first of several that is not empty, or one that is looked up. */
export function compileValue(value: MappedValue): Compiled {
  if (typeof value === 'string') return compileTemplate(value);
  if (typeof value !== 'object' || value === null) return () => value;
  if (isList(value)) {
    const choices = value.map(compileTemplate);
    return (scope) => {
      for (const choice of choices) {
        const found = choice(scope);
        if (!isEmpty(found)) return found;
      }
      return null;
    };
  }
  const input = compileTemplate(value.value);
  const map = new Map(Object.entries(value.map));
  return (scope) => {
    const found = plainText(input(scope));
    return map.has(found) ? map.get(found) : (value.default ?? null);
  };
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

export function compileExpression(text: string): Compiled {
  const expression = parseExpression(text);
  return (scope) => evaluate(expression, scope);
}

/** Whether an expression is true; always without one. */
export function compileCondition(text: string | undefined): Compiled<boolean> {
  if (text === undefined) return () => true;
  const value = compileExpression(text);
  return (scope) => isTrue(value(scope));
}

/** A list: what an expression gives, nothing when it is empty, and a single thing as a list of one. */
export function listFrom(value: unknown): readonly unknown[] {
  if (isEmpty(value)) return [];
  return Array.isArray(value) ? value : [value];
}
