import { didYouMean } from '../language/did-you-mean.pure.ts';
import { parseExpression, pathsOf, type Expression } from '../language/expression.pure.ts';
import { LanguageProblem } from '../language/problem.pure.ts';
import { parseTemplate } from '../language/template.pure.ts';

/** Names that expressions can use, by where they stand. */
const roots = {
  access: ['settings', 'extra'],
  target: ['settings', 'extra', 'version'],
  account: ['row', 'settings', 'extra', 'version', 'now'],
  request: ['settings', 'extra', 'version', 'now', 'account', 'slice', 'page', 'report'],
  answer: ['settings', 'extra', 'version', 'now', 'account', 'slice', 'page', 'body', 'headers', 'status', 'rows'],
  status: ['body', 'headers', 'status'],
  row: ['row', 'item', 'settings', 'extra', 'version', 'now', 'account', 'slice'],
  secrets: ['secrets'],
} as const;

export type Place = keyof typeof roots;

/** What is behind names whose parts are known. */
const members: Readonly<Record<string, readonly string[]>> = {
  slice: ['from', 'to', 'since', 'until'],
  account: ['id', 'name', 'currency', 'time_zone', 'extra'],
  page: ['size', 'cursor', 'number', 'offset'],
  report: ['id'],
};

/** Names that a manifest itself declares. */
export interface Declared {
  settings: readonly string[];
}

export interface Found {
  message: string;
  /** Place within the text. */
  offset: number;
}

/** What is wrong with an expression that stands at this place; null when nothing is. */
export function wrongExpression(text: string, place: Place, declared: Declared): Found | null {
  return caught(() => wrongPath(parseExpression(text), place, declared));
}

/** What is wrong with a text with `{{ … }}` that stands at this place; null when nothing is. */
export function wrongTemplate(text: string, place: Place, declared: Declared): Found | null {
  return caught(() => {
    for (const part of parseTemplate(text)) {
      const found = 'expression' in part ? wrongPath(part.expression, place, declared) : null;
      if (found && 'expression' in part) return { ...found, offset: part.at + found.offset };
    }
    return null;
  });
}

function caught(check: () => Found | null): Found | null {
  try {
    return check();
  } catch (error) {
    if (error instanceof LanguageProblem) return { message: error.message, offset: error.offset };
    throw error;
  }
}

function wrongPath(expression: Expression, place: Place, declared: Declared): Found | null {
  for (const { steps, at } of pathsOf(expression)) {
    const message = wrongRoot(String(steps[0]), place) ?? wrongMember(steps, declared);
    if (message) return { message, offset: at };
  }
  return null;
}

function wrongRoot(root: string, place: Place): string | null {
  const allowed: readonly string[] = roots[place];
  if (allowed.includes(root)) return null;
  if (root === 'secrets') {
    return 'Secrets stand only in the headers of a way in (auth); here they would end up in addresses and logs.';
  }
  const known = Object.values(roots).some((names: readonly string[]) => names.includes(root));
  const list = allowed.join(', ');
  if (known) return `${root} is not known here; there are ${list}.`;
  return `There is no name ${root} here${didYouMean(root, allowed)}; there are ${list}. Constant text in an expression stands in quotes.`;
}

function wrongMember([root, member]: readonly (string | number)[], { settings }: Declared): string | null {
  const known = root === 'settings' ? settings : members[String(root)];
  if (!known || (member !== undefined && known.includes(String(member)))) return null;
  if (known.length === 0) return 'This connector declares no settings.';
  if (member === undefined) return `${root} has parts: ${known.map((name) => `${root}.${name}`).join(', ')}.`;
  return `There is no ${root}.${member}${didYouMean(String(member), known)}; there are ${known.join(', ')}.`;
}
