const plain = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/**
 * Micros of an amount in major units, written as a decimal text or a number, e.g. `"53.39"`. What lies beyond six
 * decimals is rounded. Empty, absent and `"-"` are 0. Throws RangeError for what is no amount, so that the row is refused
 * and not counted as nothing.
 */
export function micros(amount: string | number | null | undefined): bigint {
  if (amount === null || amount === undefined || amount === '' || amount === '-') return 0n;
  const text = typeof amount === 'number' ? decimalText(amount) : amount.trim();
  const match = plain.exec(text);
  if (!match) throw new RangeError(`${text} is no amount.`);
  const [, sign, whole, decimals = ''] = match;
  const kept = BigInt(whole! + decimals.slice(0, 6).padEnd(6, '0')) + (Number(decimals[6] ?? 0) >= 5 ? 1n : 0n);
  return sign === '-' ? -kept : kept;
}

function decimalText(amount: number): string {
  if (!Number.isFinite(amount)) throw new RangeError(`${amount} is no amount.`);
  return Math.abs(amount) < 1e15 ? amount.toFixed(7) : BigInt(Math.round(amount)).toString();
}

const decimalsOf: Record<string, number> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  MGA: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** Micros of an amount in the smallest unit of a currency, e.g. cents, or whole yen. */
export function microsOfMinor(amount: number | bigint, currency: string): bigint {
  const decimals = decimalsOf[currency.toUpperCase()] ?? 2;
  return BigInt(amount) * 10n ** BigInt(6 - decimals);
}

/** A count that came as text or number; empty, absent and `"-"` are 0. NaN for what is no number, which refuses the row. */
export function count(value: string | number | null | undefined): number {
  return value === null || value === undefined || value === '' || value === '-' ? 0 : Number(value);
}
