/** Type numbers of Postgres whose text form is read in the same way from both drivers. */
export const typeIds = { int8: 20, date: 1082, numeric: 1700, timestamptz: 1184 } as const;

/** Reads an int8. Counts fit a number; money does not always, so money is selected as text. */
export function readInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError('An int8 beyond 2^53 was read as a number; select it as text.');
  return value;
}

/** Days and exact decimals stay text: a Date would move days across time zones, a float would lose cents. */
export function keepText(text: string): string {
  return text;
}
