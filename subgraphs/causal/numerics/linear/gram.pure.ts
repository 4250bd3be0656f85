import { loadGramKernel, type GramKernel } from './gram-kernel.pure.ts';
import { columnOf, zeros, type Matrix } from './matrix.pure.ts';

/** Rows brought into the kernel's memory at a time; six columns of them fit the first-level cache. */
const chunkRows = 512;
/** Fewer multiplications than this do not repay the copy. */
const kernelFrom = 4_000;

let kernel: GramKernel | null | undefined;

/**
 * X'X, columns x columns, both triangles. The kernel and the plain way add in the same order and therefore agree to
 * the last bit: a result does not depend on the machine that computed it.
 */
export function gram(x: Matrix): Matrix {
  if (x.rows * x.columns * x.columns < kernelFrom) return gramPlain(x);
  if (kernel === undefined) kernel = loadGramKernel();
  return kernel ? gramByKernel(x, kernel) : gramPlain(x);
}

/** As gram, without WebAssembly: even and odd rows are summed apart, two by two columns at a time. */
export function gramPlain(x: Matrix): Matrix {
  const result = zeros(x.columns, x.columns);
  for (let j = 0; j < x.columns; j += 2) {
    for (let i = 0; i <= j; i += 2) plainBlock(x, i, j, result);
  }
  return mirror(result);
}

function plainBlock(x: Matrix, i: number, j: number, result: Matrix): void {
  const last = x.columns - 1;
  const [a, b] = [columnOf(x, i), columnOf(x, Math.min(i + 1, last))];
  const [c, d] = [columnOf(x, j), columnOf(x, Math.min(j + 1, last))];
  let ac0 = 0;
  let ac1 = 0;
  let ad0 = 0;
  let ad1 = 0;
  let bc0 = 0;
  let bc1 = 0;
  let bd0 = 0;
  let bd1 = 0;
  let row = 0;
  for (; row + 1 < x.rows; row += 2) {
    const a0 = a[row]!;
    const a1 = a[row + 1]!;
    const b0 = b[row]!;
    const b1 = b[row + 1]!;
    const c0 = c[row]!;
    const c1 = c[row + 1]!;
    const d0 = d[row]!;
    const d1 = d[row + 1]!;
    ac0 += a0 * c0;
    ac1 += a1 * c1;
    ad0 += a0 * d0;
    ad1 += a1 * d1;
    bc0 += b0 * c0;
    bc1 += b1 * c1;
    bd0 += b0 * d0;
    bd1 += b1 * d1;
  }
  if (row < x.rows) {
    ac0 += a[row]! * c[row]!;
    ad0 += a[row]! * d[row]!;
    bc0 += b[row]! * c[row]!;
    bd0 += b[row]! * d[row]!;
  }
  const put = (first: number, second: number, value: number): void => {
    if (first <= last && second <= last) result.data[second * x.columns + first] = value;
  };
  put(i, j, ac0 + ac1);
  put(i, j + 1, ad0 + ad1);
  put(i + 1, j, bc0 + bc1);
  put(i + 1, j + 1, bd0 + bd1);
}

function gramByKernel(x: Matrix, { block, memory }: GramKernel): Matrix {
  const columns = Math.ceil(x.columns / 4) * 4;
  const chunk = Math.min(chunkRows, x.rows + (x.rows % 2));
  const inputBytes = columns * chunk * 8;
  const needed = inputBytes + columns * columns * 16;
  if (memory.buffer.byteLength < needed) memory.grow(Math.ceil((needed - memory.buffer.byteLength) / 65536));
  const input = new Float64Array(memory.buffer, 0, columns * chunk);
  const sums = new Float64Array(memory.buffer, inputBytes, columns * columns * 2).fill(0);
  for (let from = 0; from < x.rows; from += chunk) {
    copyChunk(x, from, chunk, input);
    for (let j = 0; j < columns; j += 2) {
      for (let i = 0; i <= j; i += 4) {
        const out = inputBytes + (j * columns + i) * 16;
        block(i * chunk * 8, j * chunk * 8, chunk * 8, chunk * 8, out, columns * 16);
      }
    }
  }
  const result = zeros(x.columns, x.columns);
  for (let j = 0; j < x.columns; j++) {
    for (let i = 0; i <= j; i++) {
      const at = (j * columns + i) * 2;
      result.data[j * x.columns + i] = sums[at]! + sums[at + 1]!;
    }
  }
  return mirror(result);
}

/** Missing rows and columns are filled with zeros, which change no sum. */
function copyChunk(x: Matrix, from: number, chunk: number, input: Float64Array): void {
  input.fill(0);
  const to = Math.min(from + chunk, x.rows);
  for (let column = 0; column < x.columns; column++) {
    input.set(x.data.subarray(column * x.rows + from, column * x.rows + to), column * chunk);
  }
}

function mirror(result: Matrix): Matrix {
  const size = result.columns;
  for (let j = 0; j < size; j++) for (let i = 0; i < j; i++) result.data[i * size + j] = result.data[j * size + i]!;
  return result;
}
