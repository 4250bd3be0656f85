/**
 * Seeded random numbers in streams. A stream is named by a seed and any labels (chain, replication, unit, ...) and is
 * the same wherever it is drawn: work may be cut among any number of workers without changing a digit.
 *
 * The generator is sfc32 (Doty-Humphrey, PractRand), 128 bits of state, started from a hash of seed and labels by
 * MurmurHash3's 32-bit finaliser; the doubles have 53 random bits.
 */
export interface RandomStream {
  /** An integer from 0 to 2^32 - 1. */
  bits(): number;
  /** Uniform on [0, 1). */
  uniform(): number;
  /** Uniform integer from 0 to `below` - 1. */
  integer(below: number): number;
  /** Standard normal, by Marsaglia's polar method. */
  normal(): number;
  /** The stream of this name inside this one; drawing from either leaves the other as it is. */
  split(...labels: readonly number[]): RandomStream;
}

/** The stream of a seed and labels, each a finite number; fractions and numbers beyond 2^53 are as good as others. */
export function stream(seed: number, ...labels: readonly number[]): RandomStream {
  return startStream([seed, ...labels]);
}

function startStream(name: readonly number[]): RandomStream {
  const state = stateOf(name);
  let [a, b, c, counter] = [state[0]! | 0, state[1]! | 0, state[2]! | 0, state[3]! | 0];
  let spare: number | null = null;

  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  const uniform = (): number => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
  const normal = (): number => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
  for (let warm = 0; warm < 12; warm++) bits();
  return {
    bits,
    uniform,
    integer: (below) => Math.floor(uniform() * below),
    normal,
    split: (...labels) => startStream([...name, ...labels]),
  };
}

/** Four words from the eight bytes of every number of the name, and from how many there are. */
function stateOf(name: readonly number[]): Uint32Array {
  const words = new Uint32Array(Float64Array.from(name).buffer);
  return Uint32Array.from({ length: 4 }, (_, lane) => {
    let hash = (0x9e3779b9 * (lane + 1)) | 0;
    for (const word of words) hash = finalise((Math.imul(hash, 5) + word + 0xe6546b64) | 0);
    return finalise(hash ^ name.length);
  });
}

function finalise(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
