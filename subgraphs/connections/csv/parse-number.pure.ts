/** The character that separates whole units from their parts. */
export type DecimalSeparator = '.' | ',';

export type NumberProblem = 'NOT_A_NUMBER' | 'NEGATIVE' | 'TOO_LARGE';

/** A number as micros (millionths), or why the text is none. `rounded` tells that digits beyond the sixth were dropped. */
export type ParsedMicros = { ok: true; micros: bigint; rounded: boolean } | { ok: false; problem: NumberProblem };

const maxMicros = 9_223_372_036_854_775_807n;
const emptyMarks = new Set(['', '-', '--', '–', '—']);
const currencyMark = /^(?:[€$£¥₹]|[A-Z]{3}\s)\s*|\s*(?:[€$£¥₹]|\s[A-Z]{3})$/u;
const plainNumber = /^(\d{1,9})(?:\.(\d{1,6}))?$/;
const spaces = /[\s\u00a0\u202f']/g;
const shape: Record<DecimalSeparator, RegExp> = {
  '.': /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+|(?=\.\d))(?:\.(\d*))?$/,
  ',': /^([+-]?)(\d+|\d{1,3}(?:\.\d{3})+|(?=,\d))(?:,(\d*))?$/,
};

/** Whether a cell says "no value", as ad platforms write it (`--`). */
export function isEmptyMark(text: string): boolean {
  return emptyMarks.has(text.trim());
}

/**
 * Read a decimal number as exact micros, by digits and never through a float.
 * Accepts thousands separators, a currency sign or code on either side and `(1.00)` for negative amounts; refuses
 * `NaN`, infinities and exponents, whose digits are not all there. Digits beyond the sixth are rounded half to even.
 * @example parseMicros('1.234,5', ',') // { ok: true, micros: 1234500000n, rounded: false }
 */
export function parseMicros(text: string, decimal: DecimalSeparator): ParsedMicros {
  if (decimal === '.') {
    const plain = plainNumber.exec(text);
    if (plain) return { ok: true, micros: BigInt(plainMicros(plain[1]!, plain[2])), rounded: false };
  }
  let body = text.trim();
  const bracketed = body.startsWith('(') && body.endsWith(')');
  if (bracketed) body = body.slice(1, -1);
  body = body
    .replace(/^([+-])\s*([€$£¥₹])/u, '$2$1')
    .replace(currencyMark, '')
    .replace(spaces, '');
  const match = body.length > 400 ? null : shape[decimal].exec(body);
  if (!match || (match[2] === '' && !match[3])) return { ok: false, problem: 'NOT_A_NUMBER' };
  const { micros, rounded } = digitsToMicros(match[2]!.replace(/[.,]/g, ''), match[3] ?? '');
  if (micros > maxMicros) return { ok: false, problem: 'TOO_LARGE' };
  return { ok: true, micros: bracketed !== (match[1] === '-') ? -micros : micros, rounded };
}

/** Nine whole digits and six decimals stay below 2^53, so this common case needs no big integers. */
function plainMicros(whole: string, part: string | undefined): number {
  return Number(whole) * 1_000_000 + (part === undefined ? 0 : Number(part) * 10 ** (6 - part.length));
}

function digitsToMicros(whole: string, part: string): { micros: bigint; rounded: boolean } {
  const micros = BigInt((whole || '0') + part.slice(0, 6).padEnd(6, '0'));
  const rest = part.slice(6).replace(/0+$/, '');
  if (rest === '') return { micros, rounded: false };
  const half = '5';
  const up = rest === half ? micros % 2n === 1n : rest > half;
  return { micros: up ? micros + 1n : micros, rounded: true };
}

export type DecimalEvidence = { separator: DecimalSeparator; mixed: boolean };

/**
 * Tell from sample cells which character is the decimal separator. `1.234` alone could be either; then `fallback`
 * decides. `mixed` tells that cells speak for both.
 */
export function detectDecimal(cells: readonly string[], fallback: DecimalSeparator): DecimalEvidence {
  let dot = 0;
  let comma = 0;
  for (const cell of cells) {
    const vote = decimalOf(cell.trim().replace(currencyMark, '').replace(spaces, ''));
    if (vote === '.') dot += 1;
    else if (vote === ',') comma += 1;
  }
  if (dot === comma) return { separator: fallback, mixed: dot > 0 };
  return { separator: dot > comma ? '.' : ',', mixed: Math.min(dot, comma) > 0 };
}

function decimalOf(text: string): DecimalSeparator | null {
  const match = /^[+-]?[\d.,]*?([.,])(\d*)$/.exec(text);
  if (!match) return null;
  const mark = match[1] as DecimalSeparator;
  const other = mark === '.' ? ',' : '.';
  if (text.includes(other)) return mark;
  const marks = text.split(mark).length - 1;
  if (marks > 1) return match[2]!.length === 3 ? other : null;
  const leadingZero = /^[+-]?0?[.,]/.test(text);
  return match[2]!.length === 3 && !leadingZero ? null : mark;
}
