import { z } from 'zod';
import { follow } from '../language/evaluate.pure.ts';
import { isEmpty } from '../language/values.pure.ts';

type Check = { fits: (value: unknown) => boolean; name: string };

const numeric = (value: unknown): boolean =>
  (typeof value === 'number' || typeof value === 'string') && value !== '' && Number.isFinite(Number(value));

/** Numbers and truths may come as text, as many platforms write them so. */
const checks: Readonly<Record<string, Check>> = {
  text: { fits: (value) => typeof value === 'string', name: 'a text' },
  number: { fits: numeric, name: 'a number' },
  integer: { fits: (value) => numeric(value) && Number.isInteger(Number(value)), name: 'a whole number' },
  boolean: { fits: (value) => ['true', 'false', '0', '1'].includes(String(value)), name: 'true or false' },
  date: { fits: (value) => /^\d{4}-?\d{2}-?\d{2}/.test(String(value)), name: 'a day' },
  instant: {
    fits: (value) => numeric(value) || (typeof value === 'string' && !Number.isNaN(Date.parse(value))),
    name: 'a point in time',
  },
  list: { fits: Array.isArray, name: 'a list' },
  object: { fits: (value) => typeof value === 'object' && value !== null && !Array.isArray(value), name: 'an object' },
  any: { fits: () => true, name: 'anything' },
};

/**
 * What a row must look like: the declared fields with their types, and every field of the key.
 * @param declared types by path; a `?` behind a type allows it to be missing
 */
export function rowSchema(key: readonly string[], declared: Readonly<Record<string, string>> = {}): z.ZodType {
  const fields = { ...Object.fromEntries(key.map((field) => [field, 'any'])), ...declared };
  const rules = Object.entries(fields).map(([path, type]) => ({
    path,
    steps: path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
    check: checks[type.replace('?', '')]!,
    optional: type.endsWith('?') && !key.includes(path),
  }));
  return z.unknown().superRefine((row, context) => {
    if (!checks['object']!.fits(row)) return context.addIssue({ code: 'custom', message: 'The row is not an object' });
    for (const { path, steps, check, optional } of rules) {
      const value = follow(row, steps);
      const message =
        isEmpty(value) && value !== ''
          ? optional || Array.isArray(value)
            ? null
            : 'is missing'
          : check.fits(value)
            ? null
            : `is not ${check.name}`;
      if (message) return context.addIssue({ code: 'custom', path: path.split('.'), message });
    }
  });
}
