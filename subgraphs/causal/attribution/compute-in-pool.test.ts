import { afterAll, describe, expect, it } from 'vitest';
import { closePools } from '@liftos/core/worker-pool.ts';
import { computeInPool } from './compute-in-pool.ts';
import { hashJourneys } from './hash-journeys.pure.ts';
import { completeSettings, type AttributionSettings } from './settings.pure.ts';
import { buildJourneys } from './testing/build-journeys.pure.ts';
import { generateJourneys, mulberry32 } from './testing/generate-journeys.pure.ts';

const settings = completeSettings({}) as AttributionSettings;
const never = new AbortController().signal;
afterAll(closePools);

/** Journeys over so many campaigns that removal effects of order 3 take long. */
function manyCampaigns(count: number) {
  const draw = mulberry32(3);
  const campaign = (): string => `campaign ${Math.floor(500 * draw())}`;
  return buildJourneys(Array.from({ length: count }, () => ({ path: Array.from({ length: 8 }, campaign), nulls: 1 })));
}

describe('computeInPool', () => {
  it('gives what the models give and moves the columns away', async () => {
    const journeys = generateJourneys(200_000);
    const expected = hashJourneys(journeys);
    const computed = await computeInPool(journeys, settings, never);
    expect(computed.dataHash).toBe(expected);
    expect(computed.attribution).toMatchObject({ kind: 'computed', summary: { journeys: 200_000 } });
    expect(journeys.touches).toHaveLength(0);
  });

  it('leaves a larger buffer alone that columns are views into', async () => {
    const message = new ArrayBuffer(64);
    const touches = new Uint32Array(message, 8, 2);
    touches.set([0, 1]);
    const journeys = { ...buildJourneys([{ path: ['a', 'b'] }]), touches };
    const { attribution } = await computeInPool(journeys, settings, never);
    expect(attribution).toMatchObject({ kind: 'computed', summary: { touches: 2 } });
    expect(message.byteLength).toBe(64);
  });

  it('ends within a second when aborted in the middle of solving', async () => {
    const controller = new AbortController();
    const order3 = completeSettings({ models: ['MARKOV'], markovOrder: 3 }) as AttributionSettings;
    const begun = Promise.withResolvers<void>();
    const computing = computeInPool(manyCampaigns(20_000), order3, controller.signal, (fraction) => {
      if (fraction > 0) begun.resolve();
    });
    await begun.promise;
    const aborted = performance.now();
    controller.abort();
    await expect(computing).rejects.toThrow();
    expect(performance.now() - aborted).toBeLessThan(1000);
  });
});

describe('hashJourneys', () => {
  const a = buildJourneys([
    { path: ['x', 'y'], ages: [2, 1] },
    { path: ['y'], ages: [3] },
  ]);

  it('does not depend on how units are numbered', () => {
    const renumbered = { ...a, units: a.units.toReversed(), touches: a.touches.map((unit) => 1 - unit) };
    expect(hashJourneys(renumbered)).toBe(hashJourneys(a));
  });

  it.each(['offsets', 'touches', 'ages', 'conversions', 'nulls', 'value'] as const)('changes with %s', (column) => {
    const changed = { ...a, [column]: a[column].map((entry, index) => (index === 0 ? 1 - entry : entry)) };
    expect(hashJourneys(changed)).not.toBe(hashJourneys(a));
  });

  it('changes with a name', () => {
    expect(hashJourneys({ ...a, units: ['x', 'z'] })).not.toBe(hashJourneys(a));
  });
});
