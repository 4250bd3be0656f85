import { evaluate, type Scope } from './evaluate.pure.ts';
import { parseExpression, type Expression } from './expression.pure.ts';
import { LanguageProblem } from './problem.pure.ts';
import { plainText } from './values.pure.ts';

/** A part of a template: text as it is, or an expression with its place within the template. */
export type Part = { text: string } | { expression: Expression; at: number };

const mostParts = 50;

/** Splits a text at its `{{ … }}`. Throws LanguageProblem with the place within the text. */
export function parseTemplate(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    if (open > at || open === -1) parts.push({ text: text.slice(at, open === -1 ? undefined : open) });
    if (open === -1) break;
    const close = text.indexOf('}}', open);
    if (close === -1) throw new LanguageProblem('{{ is never closed with }}.', open);
    parts.push({ expression: parseInside(text.slice(open + 2, close), open + 2), at: open + 2 });
    at = close + 2;
    if (parts.length > mostParts) throw new LanguageProblem(`A text has at most ${mostParts} parts.`, open);
  }
  return parts;
}

function parseInside(inside: string, at: number): Expression {
  try {
    return parseExpression(inside);
  } catch (error) {
    if (error instanceof LanguageProblem) throw new LanguageProblem(error.message, at + error.offset);
    throw error;
  }
}

/** The value of a template: as it is when it is one expression and nothing else, otherwise text. */
export type Template = (scope: Scope) => unknown;

/** Compiles a text with `{{ … }}`. Throws LanguageProblem. */
export function compileTemplate(text: string): Template {
  const parts = parseTemplate(text);
  const [only] = parts;
  if (parts.length === 0) return () => '';
  if (parts.length === 1 && only && 'expression' in only) return (scope) => evaluate(only.expression, scope);
  return (scope) => textOf(parts, scope, plainText);
}

/**
 * Compiles a text whose values stand in an address: each is escaped, and may not be empty.
 * The compiled template gives null when a value is.
 */
export function compileAddress(text: string): (scope: Scope) => string | null {
  const parts = parseTemplate(text);
  return (scope) => {
    let empty = false;
    const address = textOf(parts, scope, (value) => {
      const written = plainText(value);
      if (written === '' || written === '.' || written === '..') empty = true;
      return encodeURIComponent(written);
    });
    return empty ? null : address;
  };
}

function textOf(parts: readonly Part[], scope: Scope, write: (value: unknown) => string): string {
  return parts.map((part) => ('text' in part ? part.text : write(evaluate(part.expression, scope)))).join('');
}
