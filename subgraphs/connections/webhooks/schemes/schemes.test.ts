import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { golden } from '@liftos/core/testing/golden.ts';
import { bodyHmac } from './body-hmac.pure.ts';
import { hubspot } from './hubspot.pure.ts';
import { klaviyo } from './klaviyo.pure.ts';
import { paypal } from './paypal.pure.ts';
import type { Scheme, SignedRequest } from './scheme.ts';
import { standard } from './standard.pure.ts';
import { stripe } from './stripe.pure.ts';
import { timestamped } from './timestamped.pure.ts';

const secret = 'a-secret-of-enough-characters';
const other = 'another-secret-of-the-sender';
const now = new Date('2026-11-20T12:00:00Z');
const seconds = now.getTime() / 1000;
const body = Buffer.from('{"id": 1, "total": "12.50"}');
const url = 'https://lift.example/webhooks/abc?x=%2F';

function sign(key: string, text: string | Buffer, encoding: 'hex' | 'base64'): string {
  return createHmac('sha256', key).update(text).digest(encoding);
}

/** Headers of a delivery that a scheme accepts, made so many seconds ago. */
const makers: Record<string, { scheme: Scheme; sign(key: string, ago: number): Record<string, string> }> = {
  shopify: {
    scheme: bodyHmac('x-shopify-hmac-sha256'),
    sign: (key) => ({ 'x-shopify-hmac-sha256': sign(key, body, 'base64') }),
  },
  timestamped: {
    scheme: timestamped,
    sign: (key, ago) => {
      const time = seconds - ago;
      return { 'liftos-signature': `t=${time},v1=${sign(key, `${time}.${body.toString()}`, 'hex')}` };
    },
  },
  standard: {
    scheme: standard,
    sign: (key, ago) => {
      const time = String(seconds - ago);
      const signature = `v1,${sign(key, `msg_1.${time}.${body.toString()}`, 'base64')}`;
      return { 'webhook-id': 'msg_1', 'webhook-timestamp': time, 'webhook-signature': signature };
    },
  },
  stripe: {
    scheme: stripe,
    sign: (key, ago) => ({
      'stripe-signature': Stripe.webhooks.generateTestHeaderString({
        payload: body.toString(),
        secret: key,
        timestamp: seconds - ago,
      }),
    }),
  },
  hubspot: {
    scheme: hubspot,
    sign: (key, ago) => {
      const time = String((seconds - ago) * 1000);
      const text = `POST${url.replace('%2F', '/')}${body.toString()}${time}`;
      return { 'x-hubspot-request-timestamp': time, 'x-hubspot-signature-v3': sign(key, text, 'base64') };
    },
  },
  klaviyo: {
    scheme: klaviyo,
    sign: (key, ago) => {
      const time = new Date((seconds - ago) * 1000).toISOString();
      return { 'klaviyo-timestamp': time, 'klaviyo-signature': sign(key, body.toString() + time, 'hex') };
    },
  },
};
const names = Object.keys(makers);
/** Those that sign a time and say how long it holds. */
const timed = ['timestamped', 'standard', 'stripe', 'hubspot'];

function request(headers: Record<string, string>, content = body): SignedRequest {
  return { method: 'POST', url, headers, body: content };
}

describe.each(names)('%s', (name) => {
  const { scheme, sign: signed } = makers[name]!;

  it('takes what is signed with any of its secrets', () => {
    expect(scheme.verify(request(signed(secret, 0)), [secret], now)).toBe('ok');
    expect(scheme.verify(request(signed(secret, 0)), [other, secret], now)).toBe('ok');
  });

  it('refuses a body with one more space, another secret, no secret, and no signature', () => {
    const changed = Buffer.concat([body, Buffer.from(' ')]);
    expect(scheme.verify(request(signed(secret, 0), changed), [secret], now)).toBe('wrong');
    expect(scheme.verify(request(signed(other, 0)), [secret], now)).toBe('wrong');
    expect(scheme.verify(request(signed(secret, 0)), [], now)).toBe('wrong');
    expect(scheme.verify(request({}), [secret], now)).toBe('unsigned');
  });

  it('says ok or no to anything in its headers without failing', () => {
    for (const text of ['', ',', 't=', 't=1,v1=', 'v1,', '\u00ff', 'a'.repeat(5000), `t=${'9'.repeat(400)},v1=00`]) {
      const headers = Object.fromEntries(scheme.headers.map((header) => [header, text]));
      expect(scheme.verify(request(headers), [secret], now)).not.toBe('ok');
    }
  });
});

it.each(timed)('%s refuses what is sent again after ten minutes, and what comes from the future', (name) => {
  const { scheme, sign: signed } = makers[name]!;
  expect(scheme.verify(request(signed(secret, 299)), [secret], now)).toBe('ok');
  expect(scheme.verify(request(signed(secret, 600)), [secret], now)).toBe('too_old');
  expect(scheme.verify(request(signed(secret, -600)), [secret], now)).toBe('too_old');
  expect(scheme.verify(request(signed(other, 600)), [secret], now)).toBe('wrong');
});

it('one right signature among several is enough', () => {
  const good = makers['standard']!.sign(secret, 0);
  const headers = { ...good, 'webhook-signature': `v1,AAAA ${good['webhook-signature']}` };
  expect(standard.verify(request(headers), [secret], now)).toBe('ok');
  const ours = makers['timestamped']!.sign(secret, 0)['liftos-signature']!;
  const two = ours.replace(',v1=', `,v1=${'0'.repeat(64)},v1=`);
  expect(timestamped.verify(request({ 'liftos-signature': two }), [secret], now)).toBe('ok');
});

it('a HubSpot signature holds for its address only', () => {
  const headers = makers['hubspot']!.sign(secret, 0);
  expect(hubspot.verify({ ...request(headers), url: 'https://lift.example/webhooks/abd?x=%2F' }, [secret], now)).toBe(
    'wrong',
  );
});

interface Signatures {
  gitlab: { whsec: string; deliveries: { file: string; headers: Record<string, string> }[] };
}

describe('the published vectors of Standard Webhooks', () => {
  it('hold', () => {
    const key = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const text = '{"test": 2432232314}';
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const at = new Date(1_614_265_330_000);
    expect(standard.verify(request(headers, Buffer.from(text)), [key], at)).toBe('ok');
    expect(standard.verify(request(headers, Buffer.from(`${text} `)), [key], at)).toBe('wrong');
    expect(standard.verify(request(headers, Buffer.from(text)), [key], now)).toBe('too_old');
  });

  const path = golden('webhooks/signatures.json');
  const known = path ? (JSON.parse(readFileSync(path, 'utf8')) as Signatures).gitlab : { whsec: '', deliveries: [] };

  it.each(known.deliveries)('$file is from its sender', ({ file, headers }) => {
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const at = new Date(Number(lower['webhook-timestamp']) * 1000);
    const content = readFileSync(golden(`webhooks/${file}`)!);
    expect(standard.verify(request(lower, content), [known.whsec], at)).toBe('ok');
    content[0]! ^= 1;
    expect(standard.verify(request(lower, content), [known.whsec], at)).toBe('wrong');
  });
});

describe('paypal', () => {
  const certUrl = (text: string) => paypal.certificateUrl!(request({ 'paypal-cert-url': text }));

  it('believes certificates of PayPal only', () => {
    expect(certUrl('https://api.paypal.com/v1/notifications/certs/CERT-1')).toContain('api.paypal.com');
    expect(certUrl('https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1')).not.toBeNull();
    for (const text of [
      '',
      'http://api.paypal.com/cert',
      'https://api.paypal.com.evil.example/cert',
      'https://evil.example/api.paypal.com',
      'https://api.paypal.com:8443/cert',
      'https://user@api.paypal.com/cert',
      'https://apixpaypal.com/cert',
    ]) {
      expect(certUrl(text)).toBeNull();
    }
  });

  it('refuses what has no certificate', () => {
    const headers = {
      'paypal-transmission-id': '1',
      'paypal-transmission-time': now.toISOString(),
      'paypal-transmission-sig': 'AAAA',
      'paypal-auth-algo': 'SHA256withRSA',
    };
    expect(paypal.verify(request(headers), [secret], now)).toBe('wrong');
  });
});
