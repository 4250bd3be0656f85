import type { Credential, OAuthApp } from '../platforms/auth-method.ts';

/** Shorter ones stand in too much that is no secret. */
const leastCharacters = 8;
const mask = '***';

/** What of an access platforms may repeat in their answers, as it is and as an address writes it. */
export function secretsOf(
  { accessToken, refreshToken, values, extra }: Credential,
  secretFields: readonly string[],
  app?: OAuthApp,
): string[] {
  const typed = secretFields.map((name) => values[name]);
  const all = [accessToken, refreshToken, extra['tokenSecret'], app?.clientSecret, ...typed];
  const long = all.filter((secret) => secret !== undefined && secret.length >= leastCharacters) as string[];
  return [...new Set(long.flatMap((secret) => [secret, encodeURIComponent(secret)]))];
}

export function textWithoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, mask), text);
}

/** An answer as it may be kept, e.g. without the token in the address of the next page; usually the same bytes. */
export function bytesWithoutSecrets(bytes: Buffer, secrets: readonly string[]): Buffer {
  const repeated = secrets.filter((secret) => bytes.includes(secret));
  // One character for each byte, so that answers that are no text stay what they are.
  const inBytes = repeated.map((secret) => Buffer.from(secret).toString('latin1'));
  return repeated.length === 0 ? bytes : Buffer.from(textWithoutSecrets(bytes.toString('latin1'), inBytes), 'latin1');
}
