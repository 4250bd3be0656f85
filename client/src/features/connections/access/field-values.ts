interface Asked {
  name: string;
  optional: boolean;
  pattern: string | null;
  label: string;
}

export interface FieldValue {
  name: string;
  value: string;
}

/** Values of the fields of one group in a form, named `group.field`; empty ones are left out. */
export function readGroup(form: FormData, group: string): FieldValue[] {
  return [...form.entries()].flatMap(([key, value]) => {
    const text = typeof value === 'string' ? value.trim() : '';
    return key.startsWith(`${group}.`) && text !== '' ? [{ name: key.slice(group.length + 1), value: text }] : [];
  });
}

/** What is wrong with what was typed, by field; empty when nothing is. */
export function checkGroup(fields: readonly Asked[], values: readonly FieldValue[]): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const value = values.find(({ name }) => name === field.name)?.value;
    if (value === undefined) {
      if (!field.optional) problems[field.name] = `${field.label} is missing.`;
      continue;
    }
    if (field.pattern && !new RegExp(`^(?:${field.pattern})$`, 'u').test(value)) {
      problems[field.name] = `${field.label} does not look right.`;
    }
  }
  return problems;
}
