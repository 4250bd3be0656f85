import { expect } from 'vitest';

/** Every value lies within `tolerance` of its expectation, absolute. */
export function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let index = 0; index < expected.length; index++) {
    const distance = Math.abs(actual[index]! - expected[index]!);
    expect(distance, `${index}: ${actual[index]} against ${expected[index]}`).toBeLessThanOrEqual(tolerance);
  }
}

/** As expectNear, `tolerance` relative to the expectation. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let index = 0; index < expected.length; index++) {
    const distance = Math.abs(actual[index]! - expected[index]!);
    const allowed = tolerance * Math.abs(expected[index]!);
    expect(distance, `${index}: ${actual[index]} against ${expected[index]}`).toBeLessThanOrEqual(allowed);
  }
}
