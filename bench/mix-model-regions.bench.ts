import { simulateMix } from '@liftos/causal/mix-model/testing/simulate-mix.pure.ts';
import { causal } from '@liftos/causal/subgraph.ts';
import { memory } from '@liftos/memory/subgraph.ts';
import type { BenchResult } from './bench-result.ts';
import { storeMix, train } from './stored-mix.ts';
import { watched, withRuntime } from './with-runtime.ts';

const [regions, weeks] = [40, 156];
const channels = Array.from({ length: 10 }, (_, place) => ({
  name: `channel ${place}`,
  decay: 0.1 + 0.06 * place,
  rate: 2 + 0.3 * place,
  strength: 5 + 4 * place,
}));
const mostSeconds = 600;
const mostRHat = 1.01;

/** A hierarchical mix model over regions, from stored records to its answer. Takes minutes on all cores. */
export function run(): Promise<BenchResult[]> {
  return withRuntime([memory, causal], async (context) => {
    await storeMix(context, simulateMix(7, weeks, channels, { geos: regions, geoSpread: 0.3 }).data);
    const range = { from: '2023-01-02', to: '2025-12-31', geo: 'REGION' } as const;
    const { result, millis } = await watched(() => train(context, range));
    const rHat = result.diagnosis?.worstRHat ?? Infinity;
    return [
      {
        name: `mix model of ${regions} regions x ${weeks} weeks x ${channels.length} channels, 4 x 1,000 draws`,
        value: millis / 1000,
        unit: 's',
        reference: null,
        referenceValue: null,
        ratio: null,
        bar: `value <= ${mostSeconds} s, R-hat ${rHat.toFixed(4)} < ${mostRHat}`,
        holds: millis <= 1000 * mostSeconds && rHat < mostRHat,
      },
    ];
  });
}
