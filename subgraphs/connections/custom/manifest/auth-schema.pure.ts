import { z } from 'zod';
import { exact, headersOf, shortText, type languageFields } from './fields.pure.ts';

const id = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9_]*$/, 'An id is lower case letters, digits and _.');
const parameters = z.record(z.string().max(100), z.string().max(1000));

const secretField = exact({
  name: id,
  label: shortText,
  hint: z.string().max(1000).optional(),
  secret: z.boolean().optional(),
  optional: z.boolean().optional(),
});

/** Ways to be let in. */
export function authSchema({ template }: ReturnType<typeof languageFields>) {
  const common = { id: id.optional(), title: shortText.optional(), hint: z.string().max(1000).optional() };
  const address = template('access').refine(
    (text) => text.startsWith('https://'),
    'An address that begins with https://.',
  );
  const tokenRequest = {
    token_url: address,
    scopes: z.array(z.string().min(1).max(300)).max(100).optional(),
    scope_separator: z.enum([' ', ',']).optional(),
    client_auth: z.enum(['basic', 'body']).optional(),
    token_parameters: parameters.optional(),
  };
  return z.discriminatedUnion('type', [
    exact({
      type: z.literal('api_key'),
      ...common,
      in: z.enum(['header', 'query']),
      name: z.string().min(1).max(100),
      prefix: z.string().max(50).optional(),
      label: shortText.optional(),
    }),
    exact({ type: z.literal('bearer'), ...common, label: shortText.optional() }),
    exact({
      type: z.literal('basic'),
      ...common,
      username_label: shortText.optional(),
      password_label: shortText.optional(),
    }),
    exact({
      type: z.literal('headers'),
      ...common,
      fields: z.array(secretField).min(1).max(10),
      headers: headersOf(template('secrets')),
    }),
    exact({ type: z.literal('client_credentials'), ...common, ...tokenRequest }),
    exact({
      type: z.literal('oauth2'),
      ...common,
      authorize_url: address,
      ...tokenRequest,
      authorize_parameters: parameters.optional(),
      pkce: z.boolean().optional(),
      refresh: z.boolean().optional(),
      token_life_seconds: z.int().min(60).optional(),
      renew_ahead_seconds: z.int().min(0).max(86_400).optional(),
      consent_days: z.int().min(1).max(3650).optional(),
    }),
  ]);
}
