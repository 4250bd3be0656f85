/** Shorter ones stand in too much that is no secret. */
const leastCharacters = 4;

/** The same plain data without the secrets, which some platforms repeat in what they answer. */
export function maskSecrets<T>(data: T, secrets: readonly string[]): T {
  const hidden = secrets.filter((secret) => secret.length >= leastCharacters);
  const forms = hidden.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ]);
  return forms.length === 0 ? data : (masked(data, forms) as T);
}

function masked(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), value);
  if (Array.isArray(value)) return value.map((member) => masked(member, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member, secrets)]));
}
