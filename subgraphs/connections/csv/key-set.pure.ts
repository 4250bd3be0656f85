const largest = 1 << 22;
const fill = 0.7;

/**
 * Remembers which keys were seen, as 64-bit fingerprints, to count duplicates in one pass over a file of any size.
 * Takes at most 32 MB; beyond some three million keys it is `full` and counts no more.
 */
export class KeySet {
  #slots = 1 << 12;
  #table = new Uint32Array(this.#slots * 2);
  #size = 0;
  full = false;

  /** Whether the key was seen before. */
  seen(key: string): boolean {
    const [high, low] = fingerprint(key);
    if (this.#find(high, low)) return true;
    if (this.full) return false;
    if (this.#size >= this.#slots * fill) this.#grow();
    if (!this.full) this.#insert(high, low);
    return false;
  }

  #find(high: number, low: number): boolean {
    for (let slot = low & (this.#slots - 1); ; slot = (slot + 1) & (this.#slots - 1)) {
      const storedHigh = this.#table[2 * slot]!;
      const storedLow = this.#table[2 * slot + 1]!;
      if (storedHigh === 0 && storedLow === 0) return false;
      if (storedHigh === high && storedLow === low) return true;
    }
  }

  #insert(high: number, low: number): void {
    let slot = low & (this.#slots - 1);
    while (this.#table[2 * slot] !== 0 || this.#table[2 * slot + 1] !== 0) slot = (slot + 1) & (this.#slots - 1);
    this.#table[2 * slot] = high;
    this.#table[2 * slot + 1] = low;
    this.#size += 1;
  }

  #grow(): void {
    if (this.#slots >= largest) {
      this.full = true;
      return;
    }
    const old = this.#table;
    this.#slots *= 2;
    this.#table = new Uint32Array(this.#slots * 2);
    this.#size = 0;
    for (let i = 0; i < old.length; i += 2) if (old[i] !== 0 || old[i + 1] !== 0) this.#insert(old[i]!, old[i + 1]!);
  }
}

/** Two independent 32-bit hashes of a text, never both zero. */
export function fingerprint(key: string): [number, number] {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < key.length; i += 1) {
    const code = key.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return [high >>> 0, low >>> 0 || 1];
}
