import type { z } from 'zod';
import { didYouMean } from '../language/did-you-mean.pure.ts';
import { checkManifest } from './check-manifest.pure.ts';
import { readDocument, type ManifestDocument, type ManifestError, type Path } from './document.pure.ts';
import { manifestSchema, type Manifest } from './schema.pure.ts';

export type ParsedManifest = { manifest: Manifest } | { errors: ManifestError[] };

const mostErrors = 100;

/**
 * Reads a connector that is written as YAML. Says everything that is wrong with it at once, each with line and column;
 * what passes can be compiled.
 */
export function parseManifest(text: string): ParsedManifest {
  const read = readDocument(text);
  if ('errors' in read) return read;
  const { document } = read;
  if (typeof document.value !== 'object' || document.value === null || Array.isArray(document.value)) {
    return { errors: [document.error([], 'A connector is an object with keys such as platform, auth and streams.')] };
  }
  const parsed = manifestSchema({ settings: settingNames(document.value) }).safeParse(document.value);
  const errors = parsed.success
    ? []
    : withoutMisspelt(parsed.error.issues, document).flatMap((issue) => errorsOf(issue, document));
  errors.push(...checkManifest(document.value, document));
  if (parsed.success && errors.length === 0) return { manifest: parsed.data };
  const sorted = errors.toSorted((one, other) => one.line - other.line || one.column - other.column);
  return { errors: sorted.slice(0, mostErrors) };
}

/** A key that is missing because it is misspelt is one mistake and not two. */
function withoutMisspelt(issues: readonly z.core.$ZodIssue[], { value }: ManifestDocument): z.core.$ZodIssue[] {
  const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys');
  return issues.filter(({ path }) => {
    const step = path.at(-1);
    if (step === undefined || !isMissing(asWritten(path as Path, value), value)) return true;
    const parent = path.slice(0, -1).join('.');
    const near = unknown.filter((issue) => issue.path.join('.') === parent).flatMap(({ keys }) => keys);
    return !near.some((key) => didYouMean(key, [String(step)]) !== '');
  });
}

function settingNames(value: object): string[] {
  const { settings } = value as { settings?: unknown };
  return (Array.isArray(settings) ? settings : []).flatMap((setting: unknown) => {
    const name = (setting as { name?: unknown } | null)?.name;
    return typeof name === 'string' ? [name] : [];
  });
}

function errorsOf(issue: z.core.$ZodIssue, document: ManifestDocument): ManifestError[] {
  const path = asWritten(issue.path as Path, document.value);
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => document.keyError([...path, key], messages[index] ?? issue.message));
  }
  if (isMissing(path, document.value)) return [document.error(path.slice(0, -1), missing(path))];
  const offset = issue.code === 'custom' ? (issue.params?.['offset'] as number | undefined) : undefined;
  return [document.error(path, messageOf(issue, path, document.value), offset)];
}

/** Where a list may have one member only, the member may stand there without the list. */
function asWritten(path: Path, value: unknown): Path {
  return path.filter((step, index) => {
    const parent = lookUp(path.slice(0, index), value);
    return step !== 0 || Array.isArray(parent) || index === 0 || parent === undefined;
  });
}

function missing(path: Path): string {
  const parent = path.slice(0, -1).join('.');
  return `${String(path.at(-1))} is missing${parent ? ` in ${parent}` : ''}.`;
}

function isMissing(path: Path, value: unknown): boolean {
  return path.length > 0 && lookUp(path, value) === undefined;
}

function lookUp(path: Path, value: unknown): unknown {
  return path.reduce<unknown>((found, step) => {
    if (step === 0 && !Array.isArray(found)) return found;
    return (found as Record<string | number, unknown> | null | undefined)?.[step];
  }, value);
}

function messageOf(issue: z.core.$ZodIssue, path: Path, value: unknown): string {
  const given = lookUp(path, value);
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    return known.length === 1
      ? issue.message
      : `Expected one of ${known.join(', ')}${didYouMean(String(given), known)}.`;
  }
  if (issue.code === 'invalid_union') return unionMessage(issue, given);
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) {
    return `Expected ${described[issue.expected] ?? issue.expected}, not ${kindOf(given)}.`;
  }
  return issue.message.endsWith('.') ? issue.message : `${issue.message}.`;
}

/** What is wrong inside the one form that was likely meant. */
function unionMessage(issue: z.core.$ZodIssueInvalidUnion, given: unknown): string {
  if (issue.discriminator) {
    return 'options' in issue && Array.isArray(issue.options)
      ? `Expected one of ${issue.options.join(', ')}${didYouMean(String(given), issue.options.map(String))}.`
      : `${issue.discriminator} is none that exists.`;
  }
  const inner = issue.errors.flat().find(({ code }) => code === 'custom');
  return inner?.message ?? `This cannot be ${kindOf(given)}.`;
}

const described: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list (lines that begin with -)',
  object: 'an object (keys with values)',
  record: 'an object (keys with values)',
};

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  const kinds: Record<string, string> = { object: 'an object', string: 'a text', boolean: 'true or false' };
  return kinds[typeof value] ?? `a ${typeof value}`;
}
