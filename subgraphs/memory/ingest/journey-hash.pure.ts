import type { JourneyColumns } from '@liftos/core/ports/memory.ts';
import { word } from './hash-ids.pure.ts';

/**
 * A number of 53 bits for each journey's content, by names and not by codes, so that a journey that is sent again
 * unchanged is recognised.
 */
export function hashJourneys(columns: JourneyColumns): Float64Array {
  const channels = columns.channels.map(word);
  const campaigns = columns.campaigns.map(word);
  const words = new Map<string | null, number>();
  const wordOf = (text: string | null): number => {
    const known = words.get(text) ?? (text === null ? 1 : word(text));
    words.set(text, known);
    return known;
  };
  const mixer = new Mixer();
  return Float64Array.from(columns.key, (_, row) => {
    mixer.reset();
    mixer.add(wordOf(columns.date[row]!));
    mixer.add(wordOf(columns.currency[row]!));
    mixer.addNumber(columns.conversions[row]!);
    mixer.addNumber(columns.nulls[row]!);
    mixer.addNumber(Number(columns.value[row]!));
    for (let touch = columns.offsets[row]!; touch < columns.offsets[row + 1]!; touch += 1) {
      mixer.add(channels[columns.channel[touch]!]!);
      mixer.add(campaigns[columns.campaign[touch]!] ?? 2);
      mixer.addNumber(columns.age[touch]!);
    }
    return mixer.digest();
  });
}

/** Two lanes of the 32-bit mixing step of MurmurHash3 (public domain, A. Appleby), started apart. */
class Mixer {
  readonly #number = new Float64Array(1);
  readonly #words = new Uint32Array(this.#number.buffer);
  #a = 0;
  #b = 0;

  reset(): void {
    this.#a = 0x9747b28c;
    this.#b = 0x3c6ef372;
  }

  add(value: number): void {
    this.#a = step(this.#a, value, 0xcc9e2d51, 0x1b873593);
    this.#b = step(this.#b, value, 0x239b961b, 0xab0e9789);
  }

  addNumber(value: number): void {
    this.#number[0] = value;
    this.add(this.#words[0]!);
    this.add(this.#words[1]!);
  }

  digest(): number {
    return (final(this.#a) & 0x1fffff) * 0x100000000 + final(this.#b);
  }
}

function step(state: number, value: number, c1: number, c2: number): number {
  let k = Math.imul(value, c1);
  k = Math.imul((k << 15) | (k >>> 17), c2);
  const h = state ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function final(state: number): number {
  let h = state ^ (state >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
