import type { Field } from '../platforms/auth-method.ts';
import type { ManifestCheck, ManifestField, ManifestSummary } from '../schema.generated.ts';
import { compileManifest } from './compile/compile-manifest.pure.ts';
import type { ParsedManifest } from './manifest/parse-manifest.pure.ts';
import type { Manifest } from './manifest/schema.pure.ts';

/** Everything that is wrong with a text, and what was understood when nothing is. */
export function checkOf(parsed: ParsedManifest): ManifestCheck {
  if ('errors' in parsed) return { errors: parsed.errors, summary: null };
  return { errors: [], summary: summarize(parsed.manifest) };
}

function summarize(manifest: Manifest): ManifestSummary {
  const { auth, settings, streams } = compileManifest(manifest, 'custom').live!;
  return {
    name: manifest.platform.name,
    summary: manifest.platform.summary,
    hosts: manifest.hosts,
    version: manifest.version?.name ?? null,
    auth: auth.map(({ id, title, kind, hint, fields }) => ({
      id,
      title,
      kind,
      hint: hint ?? null,
      fields: fields.map(shownField),
    })),
    settings: settings.map(shownField),
    streams: streams.map(({ name, title, delivers, cursor, key, basis }) => ({
      name,
      title,
      delivers: [...delivers],
      cursor: cursor.by,
      key: [...key],
      basis: basis ?? null,
    })),
  };
}

function shownField({ name, label, hint, placeholder, secret, optional }: Field): ManifestField {
  return {
    name,
    label,
    hint: hint ?? null,
    placeholder: placeholder ?? null,
    secret: secret ?? false,
    optional: optional ?? false,
  };
}
