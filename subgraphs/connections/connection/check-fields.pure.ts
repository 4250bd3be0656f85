import { badInput } from '@liftos/core/errors.ts';
import type { Field, Values } from '../platforms/auth-method.ts';

/**
 * Values of the fields that are asked for, trimmed.
 * @param path where the fields are in the input, e.g. `input.settings`
 * Throws BAD_USER_INPUT naming the field; it never repeats the value.
 */
export function checkFields(
  fields: readonly Field[],
  given: readonly { name: string; value: string }[],
  path: string,
): Values {
  const known = new Set(fields.map(({ name }) => name));
  const stranger = given.find(({ name }) => !known.has(name));
  if (stranger) throw badInput(`${path}.${stranger.name}`, `Nobody asks for ${stranger.name}.`);
  const values = new Map(given.map(({ name, value }) => [name, value.trim()]));
  const checked: [string, string][] = [];
  for (const field of fields) {
    const value = values.get(field.name) ?? '';
    if (value === '' && field.optional) continue;
    const problem = problemOf(field, value);
    if (problem) throw badInput(`${path}.${field.name}`, problem);
    checked.push([field.name, value]);
  }
  return Object.fromEntries(checked);
}

function problemOf({ label, pattern, placeholder }: Field, value: string): string | null {
  if (value === '') return `${label} is missing.`;
  if (value.length > 20_000) return `${label} is too long.`;
  if (!pattern || new RegExp(`^(?:${pattern})$`, 's').test(value)) return null;
  return `${label} does not look right${placeholder ? `, e.g. ${placeholder}` : ''}.`;
}
