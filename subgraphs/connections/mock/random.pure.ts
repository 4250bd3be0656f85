/**
 * Random numbers that belong to a place instead of a sequence: the same seed and keys always give the same numbers, so
 * a day can be generated alone, in any order, and again.
 */
export class Random {
  #state: number;

  constructor(seed: number, ...keys: readonly (number | string)[]) {
    let state = mix(seed >>> 0);
    for (const key of keys) state = mix(state ^ (typeof key === 'number' ? key >>> 0 : hashText(key)));
    this.#state = state;
  }

  /** Uniform in [0, 1), by the mulberry32 generator. */
  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Exponential with a mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }

  /** A factor with mean 1 and a coefficient of variation of about `spread`. */
  factor(spread: number): number {
    return Math.exp(spread * this.normal() - (spread * spread) / 2);
  }

  /** A Poisson count; for means above 50 its normal approximation. */
  poisson(mean: number): number {
    if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > limit; product *= this.uniform()) count += 1;
    return count;
  }

  /** An index drawn with probabilities that sum to at most 1; the length of the list stands for the remainder. */
  pick(probabilities: readonly number[]): number {
    let rest = this.uniform();
    for (let i = 0; i < probabilities.length; i += 1) {
      rest -= probabilities[i]!;
      if (rest < 0) return i;
    }
    return probabilities.length;
  }
}

/** The finaliser of murmur3: every bit of the input changes about half of the output. */
function mix(value: number): number {
  let x = value + 0x9e3779b9;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
