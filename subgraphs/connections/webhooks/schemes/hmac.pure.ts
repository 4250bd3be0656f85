import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Verdict } from './scheme.ts';

/** Deliveries may be so many ms old or, as clocks differ, from the future. */
export const usualToleranceMs = 300_000;

/** HMAC-SHA256 of the parts one after the other. */
export function hmac(key: string | Buffer, parts: readonly (string | Buffer)[]): Buffer {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

/** Whether any given signature is the one that any key makes; takes the same time whatever differs. */
export function holds(
  keys: readonly (string | Buffer)[],
  parts: readonly (string | Buffer)[],
  given: readonly Buffer[],
): boolean {
  let found = false;
  for (const key of keys) {
    const expected = hmac(key, parts);
    for (const one of given) if (one.length === expected.length && timingSafeEqual(one, expected)) found = true;
  }
  return found;
}

/** The verdict on a signature that is right or not, made at a time in ms. A wrong one is never called old. */
export function judge(right: boolean, madeAt: number, now: Date, toleranceMs = usualToleranceMs): Verdict {
  if (!right) return 'wrong';
  return Math.abs(now.getTime() - madeAt) <= toleranceMs ? 'ok' : 'too_old';
}
