export interface KeyPress {
  key: string;
  /** When it was pressed, in milliseconds. */
  at: number;
}

const patienceMillis = 1_200;

/** Recognises single keys (`?`) and sequences of two (`g h`). A pause of more than 1.2 s starts over. */
export function makeKeySequence(known: ReadonlySet<string>): (press: KeyPress) => string | null {
  let first: KeyPress | null = null;
  return (press) => {
    const pair = first && press.at - first.at <= patienceMillis ? `${first.key} ${press.key}` : null;
    if (pair && known.has(pair)) {
      first = null;
      return pair;
    }
    first = press;
    return known.has(press.key) ? press.key : null;
  };
}
