import { describe, expect, it } from 'vitest';
import { withPrior } from './priors.ts';

describe('withPrior', () => {
  it('replaces the same quantity of the same channel, and an effect by a return', () => {
    const effect = { key: 'effect', channel: 'tv', kind: 'HALF_NORMAL' as const, parameters: [1] };
    const roi = { key: 'roi', channel: 'tv', kind: 'LOG_NORMAL' as const, parameters: [1, 0.5] };
    expect(withPrior([effect], roi)).toEqual([roi]);
    expect(withPrior([effect], { ...roi, channel: 'search' })).toHaveLength(2);
  });
});
