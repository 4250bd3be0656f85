import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { sql } from 'kysely';
import type { Runtime } from '@liftos/core/runtime.ts';
import type { Credential } from '../platforms/auth-method.ts';
import { connectorOf } from '../platforms/registry.ts';
import type { LiveSettings } from '../tables.ts';

const unpack = promisify(zstdDecompress);

/** All rows of all tables as text, by the name of the table, and the answers of platforms unpacked. */
export async function everythingStored({ database }: Runtime): Promise<Record<string, string>> {
  const { system } = database;
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(system);
  const texts: Record<string, string> = {};
  for (const { name } of rows) {
    const found = await sql<{ text: string }>`
      select coalesce(string_agg(t::text, ' '), '') as text from ${sql.raw(name)} t`.execute(system);
    texts[name] = found.rows[0]!.text;
  }
  const raw = await sql<{ content: Uint8Array }>`select content from connections.raw_page`.execute(system);
  const contents = await Promise.all(raw.rows.map(({ content }) => unpack(content)));
  return { ...texts, 'answers of platforms': contents.join('\n') };
}

/** Where a secret stands: as it is, as an address writes it, or as bytes are shown. */
export function placesOf(secret: string, texts: Readonly<Record<string, string>>): string[] {
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('hex')];
  return Object.keys(texts).filter((place) => forms.some((form) => texts[place]!.includes(form)));
}

/** What of an access nobody may see, by what it is; what is too short to be told from other text is left out. */
export function secretsIn(
  platform: string,
  settings: unknown,
  { values, accessToken, refreshToken, extra }: Credential,
): Map<string, string> {
  const { method: id } = settings as LiveSettings;
  const method = connectorOf(platform)!.live!.auth.find((one) => one.id === id)!;
  const all: [string | undefined, string][] = [
    ...method.fields
      .filter(({ secret }) => secret)
      .map(({ name }): [string | undefined, string] => [values[name], name]),
    [accessToken, 'access token'],
    [refreshToken, 'refresh token'],
    [extra['tokenSecret'], 'token secret'],
  ];
  return new Map(
    all.flatMap(([secret, what]) => (secret && secret.length >= 8 ? [[secret, `${platform} ${what}`]] : [])),
  );
}
