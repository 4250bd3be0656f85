/** Gives each distinct number the next free index, 0, 1, 2 …; open addressing, grows by doubling. */
export interface KeyTable {
  /** Index of a key, entered when new. Keys are integers from 0 to 2^53 - 1. */
  indexOf(key: number): number;
  size(): number;
  /** The keys in the order of their indices. */
  keys(): Float64Array;
}

const emptySlot = -1;
const maxLoad = 0.5;
const two32 = 2 ** 32;

/** An empty table with room for a number of keys. */
export function createKeyTable(expected = 1024): KeyTable {
  let capacity = 2 ** Math.ceil(Math.log2(Math.max(16, expected / maxLoad)));
  let slots = new Int32Array(capacity).fill(emptySlot);
  let keys = new Float64Array(capacity * maxLoad);
  let size = 0;

  function slotOf(key: number): number {
    const mask = capacity - 1;
    let slot = mix(key) & mask;
    while (slots[slot] !== emptySlot && keys[slots[slot]!] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  function grow(): void {
    capacity *= 2;
    const grown = new Float64Array(capacity * maxLoad);
    grown.set(keys);
    keys = grown;
    slots = new Int32Array(capacity).fill(emptySlot);
    for (let index = 0; index < size; index++) slots[slotOf(keys[index]!)] = index;
  }

  return {
    indexOf(key) {
      const slot = slotOf(key);
      if (slots[slot] !== emptySlot) return slots[slot]!;
      keys[size] = key;
      slots[slot] = size;
      if (++size === keys.length) grow();
      return size - 1;
    },
    size: () => size,
    keys: () => keys.subarray(0, size),
  };
}

function mix(key: number): number {
  let hash = Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / two32) | 0, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
