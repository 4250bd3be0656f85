/** Remembers how far a stream of numbered events was seen, so that none is taken twice. */
export interface SequenceCursor {
  /** The last number seen. */
  last(): number | undefined;
  /** Whether an event is new; when it is, the cursor moves on to it. */
  take(sequence: number): boolean;
}

/** Starts after `start`; without it the first event decides. */
export function makeSequenceCursor(start?: number): SequenceCursor {
  let last = start;
  return {
    last: () => last,
    take(sequence) {
      if (last !== undefined && sequence <= last) return false;
      last = sequence;
      return true;
    },
  };
}
