import { didYouMean } from './did-you-mean.pure.ts';
import { filterNames, filters } from './filters.pure.ts';
import { LanguageProblem } from './problem.pure.ts';
import { tokens, type Token } from './tokens.pure.ts';

const comparisons = ['==', '!=', '<', '<=', '>', '>=', 'contains', 'starts_with', 'in'] as const;
export type Comparison = (typeof comparisons)[number];

export type Literal = string | number | boolean | null;

export type Expression =
  | { kind: 'value'; value: Literal }
  | { kind: 'path'; steps: readonly (string | number)[]; at: number }
  | { kind: 'list'; members: readonly Expression[] }
  | { kind: 'filter'; name: string; input: Expression; args: readonly Expression[] }
  | { kind: 'compare'; operator: Comparison; left: Expression; right: Expression }
  | { kind: 'and' | 'or'; left: Expression; right: Expression }
  | { kind: 'not'; inner: Expression };

const words = new Map<string, Literal>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const mostNested = 20;
const mostSteps = 20;

/** Parses an expression, e.g. `row.cost | money: row.currency`. Throws LanguageProblem. */
export function parseExpression(text: string): Expression {
  return new Parser(tokens(text)).whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(list: readonly Token[]) {
    this.#tokens = list;
  }

  whole(): Expression {
    if (this.#peek.kind === 'end') throw new LanguageProblem('Something is missing here, e.g. a path.', this.#peek.at);
    const expression = this.#either();
    this.#expectEnd();
    return expression;
  }

  #expectEnd(): void {
    if (this.#peek.kind !== 'end') throw this.#unexpected();
  }

  get #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #take(): Token {
    const token = this.#peek;
    if (token.kind !== 'end') this.#next += 1;
    return token;
  }

  #is(text: string): boolean {
    return this.#peek.text === text && (this.#peek.kind === 'sign' || this.#peek.kind === 'name');
  }

  #skip(text: string): boolean {
    const found = this.#is(text);
    if (found) this.#next += 1;
    return found;
  }

  #expect(text: string): void {
    if (!this.#skip(text)) throw new LanguageProblem(`Expected ${text} here.`, this.#peek.at);
  }

  #unexpected(): LanguageProblem {
    const { kind, text, at } = this.#peek;
    const message = kind === 'end' ? 'The expression ends too early.' : `${text} was not expected here.`;
    return new LanguageProblem(message, at);
  }

  #either(): Expression {
    let left = this.#both();
    while (this.#skip('or')) left = { kind: 'or', left, right: this.#both() };
    return left;
  }

  #both(): Expression {
    let left = this.#negated();
    while (this.#skip('and')) left = { kind: 'and', left, right: this.#negated() };
    return left;
  }

  #negated(): Expression {
    return this.#skip('not') ? this.#nested(() => ({ kind: 'not', inner: this.#negated() })) : this.#compared();
  }

  #compared(): Expression {
    const left = this.#filtered();
    const operator = comparisons.find((candidate) => this.#is(candidate));
    if (!operator) return left;
    this.#next += 1;
    return { kind: 'compare', operator, left, right: this.#filtered() };
  }

  #filtered(): Expression {
    let input = this.#primary();
    while (this.#skip('|')) {
      const token = this.#take();
      const filter = token.kind === 'name' ? filters[token.text] : undefined;
      if (!filter) {
        const hint = didYouMean(token.text, filterNames);
        throw new LanguageProblem(`There is no filter ${token.text || 'here'}${hint}.`, token.at);
      }
      const args = this.#skip(':') ? this.#arguments() : [];
      if (args.length < filter.least || args.length > filter.most) {
        throw new LanguageProblem(`The filter ${token.text} takes ${counted(filter.least, filter.most)}.`, token.at);
      }
      input = { kind: 'filter', name: token.text, input, args };
    }
    return input;
  }

  #arguments(): Expression[] {
    const args = [this.#primary()];
    while (this.#skip(',')) args.push(this.#primary());
    return args;
  }

  #primary(): Expression {
    if (this.#skip('(')) return this.#nested(() => this.#closed(this.#either(), ')'));
    if (this.#skip('[')) return this.#nested(() => this.#closed(this.#list(), ']'));
    const token = this.#peek;
    if (token.kind === 'text') return { kind: 'value', value: this.#take().text };
    if (token.kind === 'number') return { kind: 'value', value: Number(this.#take().text) };
    if (token.kind !== 'name') throw this.#unexpected();
    const literal = words.get(token.text);
    if (literal === undefined) return this.#path();
    this.#next += 1;
    return { kind: 'value', value: literal };
  }

  #closed(inner: Expression, sign: string): Expression {
    this.#expect(sign);
    return inner;
  }

  #list(): Expression {
    const members = [this.#primary()];
    while (this.#skip(',')) members.push(this.#primary());
    return { kind: 'list', members };
  }

  #nested(inner: () => Expression): Expression {
    this.#depth += 1;
    if (this.#depth > mostNested) throw new LanguageProblem('This is nested too deeply.', this.#peek.at);
    const expression = inner();
    this.#depth -= 1;
    return expression;
  }

  #path(): Expression {
    const first = this.#take();
    const steps: (string | number)[] = [first.text];
    for (;;) {
      if (this.#skip('.')) steps.push(this.#step());
      else if (this.#skip('[')) {
        const token = this.#take();
        if (token.kind !== 'text' && token.kind !== 'number') throw new LanguageProblem('Expected a place.', token.at);
        steps.push(token.kind === 'number' ? Number(token.text) : token.text);
        this.#expect(']');
      } else break;
      if (steps.length > mostSteps) throw new LanguageProblem('This path is too long.', first.at);
    }
    return { kind: 'path', steps, at: first.at };
  }

  #step(): string | number {
    const token = this.#take();
    if (token.kind === 'name') return token.text;
    if (token.kind === 'number' && /^\d+$/.test(token.text)) return Number(token.text);
    throw new LanguageProblem('Expected a name after the dot.', token.at);
  }
}

function counted(least: number, most: number): string {
  if (most === 0) return 'no argument';
  const range = least === most ? String(most) : `${least} to ${most}`;
  return `${range} argument${most === 1 ? '' : 's'} after a colon`;
}

/** Every path that an expression reads. */
export function pathsOf(expression: Expression): Extract<Expression, { kind: 'path' }>[] {
  switch (expression.kind) {
    case 'value':
      return [];
    case 'path':
      return [expression];
    case 'list':
      return expression.members.flatMap(pathsOf);
    case 'filter':
      return [expression.input, ...expression.args].flatMap(pathsOf);
    case 'not':
      return pathsOf(expression.inner);
    default:
      return [...pathsOf(expression.left), ...pathsOf(expression.right)];
  }
}
