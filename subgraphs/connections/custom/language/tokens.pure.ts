import { LanguageProblem } from './problem.pure.ts';

export interface Token {
  kind: 'name' | 'number' | 'text' | 'sign' | 'end';
  text: string;
  at: number;
}

const space = /\s+/y;
const name = /[A-Za-z_][\w-]*/y;
const number = /-?\d+(?:\.\d+)?/y;
const sign = /==|!=|<=|>=|[<>|:,.()[\]]/y;
const quoted = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y;

/** Longer expressions are refused. */
const mostCharacters = 1000;

/** Cuts an expression into words. Throws LanguageProblem. */
export function tokens(text: string): Token[] {
  if (text.length > mostCharacters) {
    throw new LanguageProblem(`An expression has at most ${mostCharacters} characters.`, 0);
  }
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const blank = match(space, text, at);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const token = tokenAt(text, at);
    found.push(token.token);
    at += token.length;
  }
  return [...found, { kind: 'end', text: '', at: text.length }];
}

function tokenAt(text: string, at: number): { token: Token; length: number } {
  const string = match(quoted, text, at);
  if (string) {
    const content = (string[1] ?? string[2] ?? '').replaceAll(/\\(.)/g, '$1');
    return { token: { kind: 'text', text: content, at }, length: string[0].length };
  }
  for (const [kind, pattern] of [
    ['number', number],
    ['name', name],
    ['sign', sign],
  ] as const) {
    const found = match(pattern, text, at);
    if (found) return { token: { kind, text: found[0], at }, length: found[0].length };
  }
  const character = text[at]!;
  if (character === '"' || character === "'") throw new LanguageProblem('This text has no closing quote.', at);
  throw new LanguageProblem(`The sign ${character} means nothing here.`, at);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
