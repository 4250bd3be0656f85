import { columnOf, zeros, type Matrix } from './matrix.pure.ts';

/** Solve U x = b in place of b, U upper triangular; where b is shorter than U, with the leading part of U. */
export function solveUpper(upper: Matrix, b: Float64Array): void {
  for (let row = b.length - 1; row >= 0; row--) {
    const column = columnOf(upper, row);
    const value = b[row]! / column[row]!;
    b[row] = value;
    for (let above = 0; above < row; above++) b[above] = b[above]! - value * column[above]!;
  }
}

/** Solve U'x = b in place of b, U upper triangular. */
export function solveUpperTransposed(upper: Matrix, b: Float64Array): void {
  for (let row = 0; row < upper.columns; row++) {
    const column = columnOf(upper, row);
    let value = b[row]!;
    for (let above = 0; above < row; above++) value -= column[above]! * b[above]!;
    b[row] = value / column[row]!;
  }
}

/** The inverse of an upper triangular matrix. */
export function invertUpper(upper: Matrix): Matrix {
  const inverse = zeros(upper.rows, upper.columns);
  for (let column = 0; column < upper.columns; column++) {
    const unit = inverse.data.subarray(column * upper.rows, column * upper.rows + column + 1);
    unit[column] = 1;
    solveUpper(upper, unit);
  }
  return inverse;
}

/** U U' of an upper triangular matrix; with the inverse of R this is (R'R)^-1. */
export function upperTimesTransposed(upper: Matrix): Matrix {
  const size = upper.rows;
  const result = zeros(size, size);
  for (let inner = 0; inner < size; inner++) {
    const column = columnOf(upper, inner);
    for (let j = 0; j <= inner; j++) {
      const factor = column[j]!;
      for (let i = 0; i <= j; i++) result.data[j * size + i] = result.data[j * size + i]! + factor * column[i]!;
    }
  }
  for (let j = 0; j < size; j++) for (let i = 0; i < j; i++) result.data[i * size + j] = result.data[j * size + i]!;
  return result;
}
