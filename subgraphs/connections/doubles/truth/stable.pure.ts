import { Random } from '../../mock/random.pure.ts';

/** A number of so many digits that is the same for the same seed and keys; as text, for many exceed 2^53. */
export function stableDigits(seed: number, keys: readonly (string | number)[], digits: number): string {
  const random = new Random(seed, 'id', ...keys);
  let id = String(1 + Math.floor(random.uniform() * 9));
  while (id.length < digits) id += String(Math.floor(random.uniform() * 10));
  return id;
}

/** So many characters of an alphabet that are the same for the same seed and keys. */
export function stableText(
  seed: number,
  keys: readonly (string | number)[],
  length: number,
  alphabet = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ',
): string {
  const random = new Random(seed, 'text', ...keys);
  return Array.from({ length }, () => alphabet[Math.floor(random.uniform() * alphabet.length)]).join('');
}

/** Micros as a decimal in whole units with so many digits behind the point, cut off. */
export function decimal(micros: bigint, digits = 2): string {
  const sign = micros < 0n ? '-' : '';
  const text = String(micros < 0n ? -micros : micros).padStart(7, '0');
  const whole = text.slice(0, -6);
  return digits === 0 ? sign + whole : `${sign}${whole}.${text.slice(-6).slice(0, digits)}`;
}
