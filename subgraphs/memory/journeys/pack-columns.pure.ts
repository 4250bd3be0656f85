/** Kinds of columns a packed buffer may hold, by their tag. */
const arrays = [Uint8Array, Uint16Array, Uint32Array, Float64Array] as const;

export type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/**
 * Columns one after another in one buffer: their number, then tag and length of each, then their values, each column
 * beginning at a multiple of eight bytes. Little-endian, as every machine Node runs on is.
 */
export function packColumns(columns: readonly Column[]): Uint8Array<ArrayBuffer> {
  const head = aligned(4 + columns.length * 8);
  const size = columns.reduce((sum, column) => sum + aligned(column.byteLength), head);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, columns.length, true);
  let at = head;
  columns.forEach((column, index) => {
    view.setUint32(4 + index * 8, tagOf(column), true);
    view.setUint32(8 + index * 8, column.length, true);
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += aligned(column.byteLength);
  });
  return bytes;
}

/** The columns in a packed buffer, as views of it where its own place in memory allows. */
export function unpackColumns(packed: Uint8Array): Column[] {
  const bytes = packed.byteOffset % 8 === 0 ? packed : packed.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true);
  let at = bytes.byteOffset + aligned(4 + count * 8);
  return Array.from({ length: count }, (_, index) => {
    const Kind = arrays[view.getUint32(4 + index * 8, true)];
    if (!Kind) throw new RangeError('A packed column has an unknown kind.');
    const column = new Kind(bytes.buffer as ArrayBuffer, at, view.getUint32(8 + index * 8, true));
    at += aligned(column.byteLength);
    return column;
  });
}

/** The same values in the narrowest kind of column that holds each of them exactly. */
export function narrow(values: Uint32Array | Float64Array): Column {
  let largest = 0;
  for (const value of values) {
    if (!(value >= 0 && value <= 0xffffffff && Number.isInteger(value)) || Object.is(value, -0)) return values;
    if (value > largest) largest = value;
  }
  if (largest <= 0xff) return Uint8Array.from(values);
  if (largest <= 0xffff) return Uint16Array.from(values);
  return values instanceof Uint32Array ? values : Uint32Array.from(values);
}

function tagOf(column: Column): number {
  return arrays.findIndex((Kind) => column instanceof Kind);
}

function aligned(size: number): number {
  return (size + 7) & ~7;
}
