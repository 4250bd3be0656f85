/** A list that came as JSON text in the query; null when it is none. */
export function jsonList(value: string | null): string[] | null {
  const parsed = parse(value);
  return Array.isArray(parsed) && parsed.every((one) => typeof one === 'string') ? parsed : null;
}

/** An object that came as JSON text in the query; empty when it was left out, null when it is none. */
export function jsonObject(value: string | null): Record<string, unknown> | null {
  if (value === null) return {};
  const parsed = parse(value);
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? (parsed as Record<string, unknown>)
    : null;
}

function parse(value: string | null): unknown {
  try {
    return JSON.parse(value ?? 'null');
  } catch {
    return null;
  }
}
