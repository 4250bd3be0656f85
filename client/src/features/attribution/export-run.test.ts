import { expect, test } from 'vitest';
import type { RunFieldsFragment } from './attribution.generated.ts';
import { runToCsv } from './export-run.ts';

test('a channel that looks like a formula is defused, numbers are raw', () => {
  const run = {
    settings: { unit: 'CHANNEL' },
    inputs: { currency: 'EUR' },
    results: [
      {
        model: 'MARKOV',
        credits: [
          { key: '=cmd()', conversions: 1.25, value: -3, share: 0.5, removalEffect: null, spend: null, roas: null },
        ],
      },
    ],
  } as unknown as RunFieldsFragment;
  expect(runToCsv(run).split('\r\n')[1]).toBe(`Markov,channel,"'=cmd()",1.25,-3,EUR,0.5,,,`);
});
