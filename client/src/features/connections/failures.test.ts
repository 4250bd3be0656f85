import { expect, test } from 'vitest';
import { explainFailure } from './failures.ts';

test('a refused token is repaired, a rate limit needs nobody', () => {
  expect(explainFailure('auth').action).toBe('repair');
  expect(explainFailure('rate_limit').action).toBeUndefined();
});

test('a class nobody knows is shown by its own name and can be tried again', () => {
  expect(explainFailure('gremlins')).toMatchObject({ label: 'gremlins', action: 'retry' });
});
