import { expect, test } from 'vitest';
import { initialTraining, withChannel, withShape } from './training-state.ts';

test('a training begins with at most three years of what there is', () => {
  expect(initialTraining('2020-01-01', '2026-01-04', '2026-02-01')).toMatchObject({
    from: '2023-01-09',
    to: '2026-01-04',
  });
  expect(initialTraining('2025-06-01', null, '2026-02-01')).toMatchObject({ from: '2025-06-01', to: '2026-02-01' });
});

test('channels are named only where some are left out, and one stays', () => {
  const training = initialTraining(null, '2026-01-04', '2026-02-01');
  const some = withChannel(training, ['a', 'b', 'c'], 'b', false);
  expect(some.onlyChannels).toEqual(['a', 'c']);
  expect(withChannel(some, ['a', 'b', 'c'], 'b', true)).not.toHaveProperty('onlyChannels');
  const one = { ...training, onlyChannels: ['a'] };
  expect(withChannel(one, ['a', 'b'], 'a', false)).toBe(one);
});

test('beliefs about a channel go with it, and those about shapes with the shape', () => {
  const belief = { kind: 'BETA' as const, parameters: [2, 2], key: 'carryOver.rate' };
  const priors = [{ ...belief, channel: 'a' }, { ...belief, channel: 'b' }, belief];
  const training = { ...initialTraining(null, '2026-01-04', '2026-02-01'), priors };
  expect(withChannel(training, ['a', 'b'], 'a', false).priors).toEqual([priors[1], belief]);
  expect(withShape(training, 'carryOver', 'NONE')).toMatchObject({ carryOver: 'NONE' });
  expect(withShape(training, 'carryOver', 'NONE').priors).toBeUndefined();
  expect(withShape(training, 'trend', 'LINEAR').priors).toEqual(priors);
});
