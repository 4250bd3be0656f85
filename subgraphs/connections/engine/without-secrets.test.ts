import { expect, test } from 'vitest';
import { bytesWithoutSecrets, secretsOf, textWithoutSecrets } from './without-secrets.pure.ts';

const credential = {
  accessToken: 'EAA/token+of=Ada',
  refreshToken: 'refresh-of-ada',
  values: { key: 'typed-secret', name: 'typed-and-open' },
  extra: {},
};
const secrets = secretsOf(credential, ['key'], { clientId: 'client-id', clientSecret: 'client-secret' });

test('tokens, typed secrets and those of applications leave what platforms say, in any form', () => {
  const said = `EAA/token+of=Ada ${encodeURIComponent('EAA/token+of=Ada')} typed-secret client-secret typed-and-open client-id`;
  expect(textWithoutSecrets(said, secrets)).toBe('*** *** *** *** typed-and-open client-id');
});

test('bytes that hold no secret are the same, others stay whole around it', () => {
  const plain = Buffer.from([0xff, 0xfe, 0, 0xe9]);
  expect(bytesWithoutSecrets(plain, secrets)).toBe(plain);
  const both = Buffer.concat([plain, Buffer.from('refresh-of-ada'), Buffer.from('für Zoë')]);
  expect(bytesWithoutSecrets(both, secrets)).toEqual(
    Buffer.concat([plain, Buffer.from('***'), Buffer.from('für Zoë')]),
  );
});

test('what is too short to be a secret is left alone', () => {
  expect(secretsOf({ accessToken: 'abc', values: {}, extra: {} }, [])).toEqual([]);
});
