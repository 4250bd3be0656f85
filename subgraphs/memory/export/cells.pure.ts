/** Beginnings that spreadsheets take for a formula. */
const formula = /^[=+\-@\t\r]/;
const special = /[",\r\n]|^\s|\s$/;

/** A text as a cell of CSV (RFC 4180). What a spreadsheet would compute gets an apostrophe in front. */
export function textCell(text: string | null): string {
  if (text === null) return '';
  const safe = formula.test(text) ? `'${text}` : text;
  return special.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A number without exponent, as every reader of CSV and JSON understands it. */
export function numberCell(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** Micros as whole units with up to six decimals, exactly. */
export function microsCell(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  const decimals = (size % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  return `${micros < 0n ? '-' : ''}${size / 1_000_000n}${decimals === '' ? '' : `.${decimals}`}`;
}

/** Cells as a line of CSV. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}

/** A line of JSON of members that are JSON already. */
export function jsonLine(members: Readonly<Record<string, string>>): string {
  const parts = Object.entries(members).map(([name, json]) => `${JSON.stringify(name)}:${json}`);
  return `{${parts.join(',')}}\n`;
}
