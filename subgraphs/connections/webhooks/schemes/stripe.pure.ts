import { Stripe } from 'stripe';
import { usualToleranceMs } from './hmac.pure.ts';
import type { Scheme, Verdict } from './scheme.ts';

/** Stripe's own check of `Stripe-Signature: t=…,v1=…`, with each secret in turn. */
export const stripe: Scheme = {
  headers: ['stripe-signature'],
  verify({ headers, body }, secrets, now) {
    const header = headers['stripe-signature'];
    if (!header) return 'unsigned';
    const verdicts = secrets.map((secret) => check(body, header, secret, now));
    return verdicts.find((verdict) => verdict !== 'wrong') ?? 'wrong';
  },
};

function check(body: Buffer, header: string, secret: string, now: Date): Verdict {
  const isRight = (toleranceSeconds: number, at?: number): boolean => {
    try {
      Stripe.webhooks.signature!.verifyHeader(body, header, secret, toleranceSeconds, undefined, at);
      return true;
    } catch {
      return false;
    }
  };
  // Without a tolerance only the signature counts.
  if (!isRight(0)) return 'wrong';
  const madeAt = Number(/(?:^|,)\s*t=(\d+)/.exec(header)?.[1]) * 1000;
  const fromFuture = madeAt - now.getTime() > usualToleranceMs;
  return !fromFuture && isRight(usualToleranceMs / 1000, now.getTime()) ? 'ok' : 'too_old';
}
