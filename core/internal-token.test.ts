import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { internalTokens } from './internal-token.ts';

const secret = 'a secret of the installation, long enough';
const call = {
  principal: { kind: 'user', id: 'u1', name: 'Ada', organizationId: 'o1', scopes: ['data:read'] },
  correlationId: 'c1',
} as const;
const refused = { code: 'UNAUTHENTICATED' };

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (text: string, key = secret, hash = 'sha256'): string =>
  `${text}.${createHmac(hash, key).update(text).digest('base64url')}`;

test('a token says who asks, in another process with the same secret', async () => {
  const token = await internalTokens(secret).sign(call);
  expect(await internalTokens(secret).verify(token)).toEqual(call);
});

test('a token lasts a minute', async () => {
  let now = 1_800_000_000_000;
  const tokens = internalTokens(secret, () => now);
  const token = await tokens.sign(call);
  now += 59_000;
  expect(await tokens.verify(token)).toEqual(call);
  now += 2000;
  await expect(tokens.verify(token)).rejects.toMatchObject(refused);
});

test.each([
  ['none', undefined],
  ['nothing', ''],
  ['two dots', '..'],
  [
    'another secret',
    signed(
      `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ ...call, aud: 'liftos-internal', exp: 4e9 })}`,
      'another',
    ),
  ],
  [
    'no algorithm',
    `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded({ ...call, aud: 'liftos-internal', exp: 4e9 })}.`,
  ],
  [
    'another algorithm',
    signed(
      `${encoded({ alg: 'HS512', typ: 'JWT' })}.${encoded({ ...call, aud: 'liftos-internal', exp: 4e9 })}`,
      secret,
      'sha512',
    ),
  ],
  [
    'another audience',
    signed(`${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ ...call, aud: 'others', exp: 4e9 })}`),
  ],
])('a token with %s is refused', async (_title, token) => {
  await expect(internalTokens(secret).verify(token)).rejects.toMatchObject(refused);
});

test('a token whose content was changed is refused', async () => {
  const [head, , signature] = (await internalTokens(secret).sign(call)).split('.');
  const body = encoded({
    ...call,
    principal: { ...call.principal, organizationId: 'o2' },
    aud: 'liftos-internal',
    exp: 4e9,
  });
  await expect(internalTokens(secret).verify(`${head}.${body}.${signature}`)).rejects.toMatchObject(refused);
});
