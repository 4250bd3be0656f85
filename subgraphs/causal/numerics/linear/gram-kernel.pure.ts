/**
 * The inner product kernel of Gram matrices as WebAssembly with 128-bit vectors, put together here byte by byte: it is
 * small enough to be read, and there is no binary file to trust. It holds one function
 *
 *   block(a, b, stride, bytes, out, outStride)
 *
 * which adds the products of four columns from address `a` with two columns from address `b`, each `stride` bytes from
 * the next, over `bytes` bytes of rows, to eight pairs of sums at `out`: the first of a pair takes the even rows, the
 * second the odd ones.
 */
export type BlockKernel = (a: number, b: number, stride: number, bytes: number, out: number, outStride: number) => void;

export interface GramKernel {
  readonly block: BlockKernel;
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
}

interface WebAssemblyApi {
  readonly Memory: new (limits: { initial: number }) => GramKernel['memory'];
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly block: BlockKernel } };
  validate(bytes: Uint8Array): boolean;
}

const [i32, v128] = [0x7f, 0x7b];
const [aAt, bAt, stride, bytes, out, outStride, offset] = [0, 1, 2, 3, 4, 5, 6];
const columnPointers = [7, 8, 9, 10, 11, 12];
const sums = [13, 14, 15, 16, 17, 18, 19, 20];
const loaded = [21, 22, 23, 24, 25];

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
/** The magic number and version 1. */
const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const addI32 = 0x6a;
const load = [0xfd, 0x00, 4, 0];
const loadAt = (byteOffset: number): number[] => [0xfd, 0x00, 4, byteOffset];
const storeAt = (byteOffset: number): number[] => [0xfd, 0x0b, 4, byteOffset];
const multiply = [0xfd, 0xf2, 0x01];
const add = [0xfd, 0xf0, 0x01];

/** The kernel with a memory of its own, or null where vectors are not supported. */
export function loadGramKernel(): GramKernel | null {
  const api = (globalThis as object as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  const code = assemble();
  if (!api?.validate(code)) return null;
  const memory = new api.Memory({ initial: 1 });
  const { block } = new api.Instance(new api.Module(code), { host: { memory } }).exports;
  return { block, memory };
}

function assemble(): Uint8Array {
  const locals = [
    [7, i32],
    [13, v128],
  ];
  const body = [locals.length, ...locals.flat(), ...pointers(), ...loadSums(), ...loop(), ...storeSums(), 0x0b];
  return Uint8Array.from([
    ...header,
    ...section(1, [1, 0x60, 6, i32, i32, i32, i32, i32, i32, 0]),
    ...section(2, [1, ...text('host'), ...text('memory'), 0x02, 0x00, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('block'), 0x00, 0]),
    ...section(10, [1, ...leb(body.length), ...body]),
  ]);
}

/** Addresses of the four columns from a and the two from b. */
function pointers(): number[] {
  return columnPointers.flatMap((pointer, index) => {
    const first = index === 0 || index === 4;
    const from = first ? get(index === 0 ? aAt : bAt) : [...get(columnPointers[index - 1]!), ...get(stride), addI32];
    return [...from, ...set(pointer)];
  });
}

function loadSums(): number[] {
  return sums.flatMap((sum, index) => [...outAddress(index), ...loadAt((index % 4) * 16), ...set(sum)]);
}

function storeSums(): number[] {
  return sums.flatMap((sum, index) => [...outAddress(index), ...get(sum), ...storeAt((index % 4) * 16)]);
}

function outAddress(index: number): number[] {
  return index < 4 ? get(out) : [...get(out), ...get(outStride), addI32];
}

/** do { two rows } while ((offset += 16) < bytes), with `offset` 0 at entry. */
function loop(): number[] {
  const next = [...get(offset), 0x41, 16, addI32, 0x22, offset, ...get(bytes), 0x49, 0x0d, 0];
  return [0x03, 0x40, ...twoRows(), ...next, 0x0b];
}

function twoRows(): number[] {
  const loadColumn = (pointer: number): number[] => [...get(columnPointers[pointer]!), ...get(offset), addI32, ...load];
  const left = [0, 1, 2, 3].flatMap((index) => [...loadColumn(index), ...set(loaded[index]!)]);
  const right = [0, 1].flatMap((index) => [
    ...loadColumn(4 + index),
    ...set(loaded[4]!),
    ...[0, 1, 2, 3].flatMap((column) => accumulate(sums[index * 4 + column]!, loaded[column]!)),
  ]);
  return [...left, ...right];
}

function accumulate(sum: number, column: number): number[] {
  return [...get(sum), ...get(column), ...get(loaded[4]!), ...multiply, ...add, ...set(sum)];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

function text(value: string): number[] {
  return [value.length, ...Array.from(value, (letter) => letter.codePointAt(0)!)];
}

/** An unsigned integer as WebAssembly writes it, seven bits a byte. */
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}
