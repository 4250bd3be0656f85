import { z } from 'zod';
import { isCurrencyCode } from '../../csv/currency.pure.ts';
import { authSchema } from './auth-schema.pure.ts';
import { exact, languageFields, shortText } from './fields.pure.ts';
import { wrongHost } from './hosts.pure.ts';
import type { Declared } from './names.pure.ts';
import { wrongPattern } from './pattern.pure.ts';
import { streamSchema } from './stream-schema.pure.ts';

const name = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9_]*$/, 'A name is lower case letters, digits and _, and begins with a letter.');

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'A day is written YYYY-MM-DD, in quotes.');

function refined(check: (text: string) => string | null) {
  return z.string().superRefine((text, context) => {
    const message = check(text);
    if (message) context.addIssue({ code: 'custom', message });
  });
}

const setting = exact({
  name,
  label: shortText,
  hint: z.string().max(1000).optional(),
  placeholder: z.string().max(200).optional(),
  pattern: refined(wrongPattern).optional(),
  optional: z.boolean().optional(),
});

const limits = exact({
  concurrency: z.int().min(1).max(16).optional(),
  requests_per_second: z.number().min(0.01).max(100).optional(),
  timeout_seconds: z.int().min(1).max(120).optional(),
  max_body_megabytes: z.int().min(1).max(64).optional(),
});

const failureClasses = [
  'auth',
  'permission',
  'rate_limit',
  'too_much_data',
  'transient',
  'version_sunset',
  'bad_request',
] as const;

/** Zones are known by name, and an unknown one would only come out in the middle of a sync. */
function wrongZone(text: string): string | null {
  if (text.includes('{{')) return null;
  try {
    void new Intl.DateTimeFormat('en', { timeZone: text });
    return null;
  } catch {
    return 'There is no such time zone, e.g. Europe/Berlin.';
  }
}

function wrongCurrency(text: string): string | null {
  return text.includes('{{') || isCurrencyCode(text) ? null : 'This is no ISO 4217 currency code, e.g. EUR.';
}

/** What a manifest looks like. Made for each manifest, as what templates may name depends on what it declares. */
export function manifestSchema(declared: Declared) {
  const fields = languageFields(declared);
  const inAccount = fields.template('account');
  const extended = (check: (text: string) => string | null) => refined(check).pipe(inAccount);
  const accounts = exact({
    request: fields.request('target').optional(),
    rows: fields.expression('status').optional(),
    where: fields.expression('account').optional(),
    next_link: fields.expression('status').optional(),
    id: inAccount,
    name: inAccount.optional(),
    currency: extended(wrongCurrency),
    time_zone: extended(wrongZone).optional(),
    forbidden: fields.expression('account').optional(),
    extra: z.record(name, inAccount).optional(),
  });
  const error = exact({
    when: fields.expression('status'),
    class: z.enum(failureClasses),
    message: fields.template('status').optional(),
    wait_seconds: z.union([z.number().min(0).max(86_400), fields.expression('status')]).optional(),
  });
  return exact({
    liftos: z.literal(1, 'The version of this language; write 1.'),
    platform: exact({
      name: shortText,
      summary: z.string().trim().min(1).max(300),
      docs: z.url({ protocol: /^https$/ }).optional(),
    }),
    base_url: fields.template('target'),
    hosts: z.array(refined(wrongHost)).min(1, 'Name at least one host.').max(20),
    headers: fields.headers('target').optional(),
    version: exact({ name: shortText, sunset: day.optional() }).optional(),
    auth: z.array(authSchema(fields)).min(1, 'Name at least one way in.').max(5),
    settings: z.array(setting).max(20).optional(),
    accounts,
    errors: z.array(error).max(50).optional(),
    hold_back_seconds: fields.expression('status').optional(),
    limits: limits.optional(),
    streams: z.array(streamSchema(fields, name)).min(1, 'Declare at least one stream.').max(30),
  });
}

/** A manifest that passed all checks of its shape. */
export type Manifest = z.infer<ReturnType<typeof manifestSchema>>;
export type ManifestAuth = Manifest['auth'][number];
export type ManifestStream = Manifest['streams'][number];
export type ManifestRequest = ManifestStream['request'];
