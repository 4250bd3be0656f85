import { Problem } from '../problem.pure.ts';

/** A dense matrix, column after column: entry (i, j) is `data[j * rows + i]`. */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

export function zeros(rows: number, columns: number): Matrix {
  return { data: new Float64Array(rows * columns), rows, columns };
}

export function identity(size: number): Matrix {
  const result = zeros(size, size);
  for (let index = 0; index < size; index++) result.data[index * size + index] = 1;
  return result;
}

/** Copies the columns, which must be of equal length, side by side. */
export function fromColumns(columns: readonly ArrayLike<number>[]): Matrix {
  const rows = columns[0]?.length ?? 0;
  const result = zeros(rows, columns.length);
  columns.forEach((column, index) => {
    if (column.length !== rows)
      throw new Problem('SHAPE', `Column ${index + 1} has ${column.length} rows, not ${rows}.`);
    result.data.set(column, index * rows);
  });
  return result;
}

/** Copies rows, which must be of equal length; for tests and small literals. */
export function fromRows(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  return fromColumns(Array.from({ length: columns }, (_, column) => rows.map((row) => row[column]!)));
}

/** A view, not a copy, of one column. */
export function columnOf(matrix: Matrix, column: number): Float64Array {
  return matrix.data.subarray(column * matrix.rows, (column + 1) * matrix.rows);
}

export function copyMatrix(matrix: Matrix): Matrix {
  return { ...matrix, data: matrix.data.slice() };
}

/** The chosen columns, copied in the order given. */
export function pickColumns(matrix: Matrix, columns: readonly number[]): Matrix {
  return fromColumns(columns.map((column) => columnOf(matrix, column)));
}

export function transpose(matrix: Matrix): Matrix {
  const result = zeros(matrix.columns, matrix.rows);
  for (let column = 0; column < matrix.columns; column++) {
    for (let row = 0; row < matrix.rows; row++) {
      result.data[row * matrix.columns + column] = matrix.data[column * matrix.rows + row]!;
    }
  }
  return result;
}

/** The sum of products of two vectors; four sums side by side, for one would wait for itself. */
export function dot(a: Float64Array, b: Float64Array): number {
  const whole = a.length - (a.length % 4);
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let index = 0; index < whole; index += 4) {
    first += a[index]! * b[index]!;
    second += a[index + 1]! * b[index + 1]!;
    third += a[index + 2]! * b[index + 2]!;
    fourth += a[index + 3]! * b[index + 3]!;
  }
  for (let index = whole; index < a.length; index++) first += a[index]! * b[index]!;
  return first + second + (third + fourth);
}

/** `y += factor * x`, in place. */
export function addScaled(y: Float64Array, x: Float64Array, factor: number): void {
  for (let index = 0; index < y.length; index++) y[index] = y[index]! + factor * x[index]!;
}

/** A b, of length rows. */
export function multiplyVector(matrix: Matrix, vector: ArrayLike<number>): Float64Array {
  const result = new Float64Array(matrix.rows);
  for (let column = 0; column < matrix.columns; column++) {
    const factor = vector[column]!;
    if (factor !== 0) addScaled(result, columnOf(matrix, column), factor);
  }
  return result;
}

/** A'b, of length columns. */
export function multiplyTransposed(matrix: Matrix, vector: Float64Array): Float64Array {
  const result = new Float64Array(matrix.columns);
  for (let column = 0; column < matrix.columns; column++) result[column] = dot(columnOf(matrix, column), vector);
  return result;
}

/** A B. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.rows)
    throw new Problem('SHAPE', `Cannot multiply ${a.rows}x${a.columns} by ${b.rows}x${b.columns}.`);
  const result = zeros(a.rows, b.columns);
  for (let column = 0; column < b.columns; column++) {
    result.data.set(multiplyVector(a, columnOf(b, column)), column * a.rows);
  }
  return result;
}
