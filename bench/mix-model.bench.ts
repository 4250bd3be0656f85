import { mixModels } from '@liftos/causal/mix-model/mix-model.runs.ts';
import { startTraining } from '@liftos/causal/mix-model/mix-model.service.ts';
import { simulateMix } from '@liftos/causal/mix-model/testing/simulate-mix.pure.ts';
import { planBudget } from '@liftos/causal/budget/plan-budget.pure.ts';
import { cancelRun } from '@liftos/causal/runs/run-view.ts';
import { causal } from '@liftos/causal/subgraph.ts';
import type { Context } from '@liftos/core/context.ts';
import { memory } from '@liftos/memory/subgraph.ts';
import type { BenchResult } from './bench-result.ts';
import { storeMix, train, until } from './stored-mix.ts';
import { watched, withRuntime } from './with-runtime.ts';

const weeks = 156;
const channels = Array.from({ length: 10 }, (_, place) => ({
  name: `channel ${place}`,
  decay: 0.1 + 0.07 * place,
  rate: 1 + 0.3 * place,
  strength: 8 + 3 * place,
}));
const mostSeconds = 60;
const mostRHat = 1.01;
const mostDelay = 50;
const mostCancel = 1000;
const alone = { reference: null, referenceValue: null, ratio: null };

/** A mix model from stored records to its answer: time, convergence, what the event loop feels, memory, cancelling. */
export function run(): Promise<BenchResult[]> {
  return withRuntime([memory, causal], async (context) => {
    await storeMix(context, simulateMix(3, weeks, channels).data);
    const range = { from: '2023-01-02', to: '2025-12-31' };
    const before = process.memoryUsage.rss();
    const { result, millis, delayMillis } = await watched(() => train(context, range));
    const grown = (process.memoryUsage.rss() - before) / 2 ** 20;
    const rHat = result.diagnosis?.worstRHat ?? Infinity;
    const cancelMillis = await timeToCancel(context, range);
    const name = 'mix model of 156 weeks x 10 channels, 4 x 1,000 draws';
    return [
      {
        name: `${name}: from records to the answer`,
        value: millis / 1000,
        unit: 's',
        ...alone,
        bar: `value <= ${mostSeconds} s, R-hat ${rHat.toFixed(4)} < ${mostRHat}`,
        holds: millis <= 1000 * mostSeconds && rHat < mostRHat,
      },
      bounded(`${name}: event loop delay meanwhile, p99`, delayMillis, 'ms', mostDelay),
      bounded(`${name}: memory it took`, grown, 'MiB', 500),
      bounded('mix model: from cancel to its end', cancelMillis, 'ms', mostCancel),
      plan(),
    ];
  });
}

function bounded(name: string, value: number, unit: string, most: number): BenchResult {
  return { name, value, unit, ...alone, bar: `value <= ${most} ${unit}`, holds: value <= most };
}

async function timeToCancel(context: Context, range: { from: string; to: string }): Promise<number> {
  const { id } = await startTraining(context, range);
  await until(context, id, ({ progress }) => progress > 0);
  const begin = performance.now();
  await cancelRun(mixModels, context, id);
  await until(context, id, ({ state }) => state !== 'RUNNING');
  return performance.now() - begin;
}

/** 20 channels, curves of 40 points under 200 draws. */
function plan(): BenchResult {
  const [points, draws] = [40, 200];
  const curves = Array.from({ length: 20 }, (_, place) => {
    const spend = Float64Array.from({ length: points }, (_, point) => 25 * point);
    const at = (value: number, draw: number): number => ((40 + place + draw / 20) * value) / (300 + 20 * place + value);
    return {
      name: `channel ${place}`,
      spend,
      response: spend.map((value) => at(value, draws / 2)),
      draws: Float64Array.from({ length: points * draws }, (_, cell) =>
        at(spend[cell % points]!, Math.floor(cell / points)),
      ),
      current: 300,
      lower: 100,
      upper: 900,
      seenUpTo: 700,
    };
  });
  const times = Array.from({ length: 9 }, () => {
    const begin = performance.now();
    planBudget(curves, { kind: 'BUDGET', total: 7000 });
    return performance.now() - begin;
  });
  return bounded('budget plan of 20 channels with intervals', times.toSorted((a, b) => a - b)[4]!, 'ms', 100);
}
