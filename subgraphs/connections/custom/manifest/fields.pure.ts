import { z } from 'zod';
import { didYouMean } from '../language/did-you-mean.pure.ts';
import { parseTemplate } from '../language/template.pure.ts';
import { moneyFilters } from '../language/filters.pure.ts';
import { wrongExpression, wrongTemplate, type Declared, type Found, type Place } from './names.pure.ts';

/** An object of exactly these keys; others are named together with what they may have been meant to be. */
export function exact<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, known) : undefined),
  });
}

/** One line for each key, in their order. */
function unknownKeys(keys: readonly string[], known: readonly string[]): string {
  return keys
    .map((key) => {
      const hint = didYouMean(key, known);
      return `There is no key ${key.slice(0, 60)} here${hint}${hint ? '' : `; there are ${known.join(', ')}`}.`;
    })
    .join('\n');
}

export const shortText = z.string().trim().min(1, 'This is empty.').max(200, 'At most 200 characters.');

/** A path into a row, e.g. `campaign.id`. */
export const path = z
  .string()
  .max(200)
  .regex(/^[\w-]+(?:\.[\w-]+)*$/, 'A path is names with dots between them, e.g. campaign.id.');

/** Kinds of text that are checked for the names they use. */
export function languageFields(declared: Declared) {
  const checked = (check: (text: string) => Found | null) => (text: string, context: z.core.$RefinementCtx<string>) => {
    const found = check(text);
    if (found) context.addIssue({ code: 'custom', message: found.message, params: { offset: found.offset } });
  };
  const template = (place: Place) =>
    z
      .string(quoteHint)
      .max(2000)
      .superRefine(checked((text) => wrongTemplate(text, place, declared)));
  const expression = (place: Place) =>
    z
      .string(quoteHint)
      .max(1000)
      .superRefine(checked((text) => wrongExpression(text, place, declared)));
  const value = valueOf(template('row'));
  const money = valueOf(template('row').superRefine(checked(notMoney)), z.literal(0));
  return {
    template,
    expression,
    value,
    money,
    moneySum: (place: Place) => expression(place).superRefine(checked(notMoneySum)),
    request: requestOf(template),
    headers: (place: Place) => headersOf(template(place)),
  };
}

/** YAML reads `{{ x }}` without quotes as an object in an object. */
const quoteHint = {
  error: ({ input }: { input?: unknown }) =>
    typeof input === 'object' && input !== null ? 'Expected a text; put quotes around {{ … }}.' : undefined,
};

const plain = z.union([z.number(), z.boolean(), z.null()]);

const valueForms =
  "Expected a text such as '{{ row.name }}', a number, a list of such texts (the first that is not empty counts), or value with map.";

function valueOf<Text extends z.ZodType<string>, Constant extends z.ZodType>(text: Text, constant?: Constant) {
  const mapped = exact({
    value: text,
    map: z.record(z.string(), z.union([z.string(), plain])),
    default: z.union([z.string(), plain]).optional(),
  });
  const others = constant ?? plain;
  // Told apart by hand, so that a mistake inside one of them is named and not only that none of them fits.
  return z.unknown().transform((input, context): MappedValue => {
    const form =
      typeof input === 'string'
        ? text
        : Array.isArray(input)
          ? z.array(text).min(1).max(10)
          : isObject(input)
            ? mapped
            : others;
    const result = form.safeParse(input);
    if (result.success) return result.data as MappedValue;
    for (const issue of result.error.issues) {
      const message = form === others ? valueForms : issue.message;
      context.addIssue({ ...issue, input, message } as Parameters<typeof context.addIssue>[0]);
    }
    return z.NEVER;
  });
}

function isObject(input: unknown): boolean {
  return typeof input === 'object' && input !== null;
}

/** A value of a mapping. */
export type MappedValue =
  | string
  | number
  | boolean
  | null
  | readonly string[]
  | {
      value: string;
      map: Readonly<Record<string, string | number | boolean | null>>;
      default?: string | number | boolean | null | undefined;
    };

function notMoneySum(text: string): Found | null {
  return notMoney(`{{${text}}}`);
}

/** Without a filter nobody knows whether 1250 means 12.50 or 1250. */
function notMoney(text: string): Found | null {
  try {
    const parts = parseTemplate(text);
    const [only] = parts;
    const expression = parts.length === 1 && only && 'expression' in only ? only.expression : null;
    if (expression?.kind === 'filter' && moneyFilters.includes(expression.name)) return null;
  } catch {
    return null;
  }
  return {
    message:
      'Money ends with a filter that says its unit: | money (12.50), | minor (1250 cents) or | micros (12500000).',
    offset: 0,
  };
}

function names<T extends z.ZodType>(value: T) {
  return z.record(z.string().max(200), value);
}

/** Headers that say where a request goes and where it ends. */
const reserved = ['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade', 'expect', 'te', 'trailer'];

/** Templates by the name of a header. */
export function headersOf<T extends z.ZodType<string>>(value: T) {
  return names(value).superRefine((headers, context) => {
    for (const name of Object.keys(headers)) {
      const message = reserved.includes(name.toLowerCase())
        ? `The header ${name} cannot be set.`
        : /^[A-Za-z0-9-]+$/.test(name)
          ? null
          : 'The name of a header has letters, digits and -.';
      if (message) context.addIssue({ code: 'custom', message, path: [name] });
    }
  });
}

const plainJson = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** JSON whose texts are templates. */
export type BodyTemplate =
  | z.infer<typeof plainJson>
  | readonly BodyTemplate[]
  | { readonly [key: string]: BodyTemplate };

function requestOf(template: (place: Place) => z.ZodType<string>) {
  return (place: Place) => {
    const text = template(place);
    const parameter = z.union([text, z.number(), z.boolean()]);
    const body: z.ZodType<BodyTemplate> = z.lazy(() =>
      z.union([text, z.number(), z.boolean(), z.null(), z.array(body).max(1000), names(body)]),
    );
    return exact({
      method: z.enum(['GET', 'POST']).optional(),
      path: text.refine(
        (value) => /^(?:\/|https:\/\/|\{\{[^}]*\}\}$)/.test(value),
        'A path begins with a slash, e.g. /v1/reports.',
      ),
      query: names(parameter).optional(),
      headers: headersOf(text).optional(),
      body: body.optional(),
      form: names(text).optional(),
      format: z.enum(['json', 'lines']).optional(),
      authenticate: z.boolean().optional(),
    });
  };
}
