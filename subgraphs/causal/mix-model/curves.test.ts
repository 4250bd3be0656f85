import { describe, expect, it } from 'vitest';
import { expectNear } from '../numerics/testing/expect-near.ts';
import { carryOver, carryOverWeights } from '../numerics/transforms/carry-over.pure.ts';
import { saturate } from '../numerics/transforms/saturation.pure.ts';
import { carry, lagWeights, writeLagWeights } from './carry-over.pure.ts';
import type { CarryOver } from './mix-settings.pure.ts';
import { responseOf, writeResponse } from './saturation.pure.ts';

const anyPrior = { kind: 'gamma', shape: 1, rate: 1 } as const;
const forms: [CarryOver, number[]][] = [
  [{ kind: 'geometric', window: 7, rate: anyPrior }, [0.6]],
  [{ kind: 'weibullCdf', window: 9, shape: anyPrior, scale: anyPrior }, [1.7, 3.1]],
  [{ kind: 'weibullPdf', window: 9, shape: anyPrior, scale: anyPrior }, [2.2, 2.6]],
];
const x = Float64Array.of(0, 3, 1, 0, 0, 7, 2, 2, 0, 0.5, 4, 0);

function weightsAt(form: CarryOver, parameters: number[]) {
  const weights = lagWeights(form);
  writeLagWeights(form.kind, Float64Array.from(parameters), weights);
  return weights;
}

describe('curves of the mix model', () => {
  it.each(forms)('%s adds up to 1 and has the slopes of its weights', (form, parameters) => {
    const { weights, slopes } = weightsAt(form, parameters);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 14);
    parameters.forEach((_, index) => {
      const moved = (step: number) => weightsAt(form, parameters.with(index, parameters[index]! + step)).weights;
      const [up, down] = [moved(1e-6), moved(-1e-6)];
      expectNear(
        slopes[index]!,
        up.map((value, lag) => (value - down[lag]!) / 2e-6),
        1e-8,
      );
    });
  });

  it('carries over like the transforms shown to people', () => {
    const into = new Float64Array(12);
    carry(x, 12, weightsAt(...forms[0]!).weights, into);
    expectNear(into, carryOver(x, { kind: 'GEOMETRIC', decay: 0.6, window: 7, normalised: true }), 1e-13);
    const weibull = { kind: 'WEIBULL_CDF', shape: 1.7, scale: 3.1, window: 9, normalised: true } as const;
    expectNear(weightsAt(...forms[1]!).weights, carryOverWeights(weibull, 12), 1e-14);
  });

  it('carries nothing from one region into the next', () => {
    const into = new Float64Array(12);
    carry(x, 6, weightsAt(...forms[0]!).weights, into);
    expect(into[6]).toBeCloseTo(2 * weightsAt(...forms[0]!).weights[0]!, 14);
  });

  it('saturates like the transforms shown to people', () => {
    const at = (kind: 'hill' | 'logistic' | 'michaelisMenten', ...parameters: number[]): Float64Array => {
      const response = responseOf(kind, x.length);
      writeResponse(kind, Float64Array.from(parameters), x, response);
      return response.value;
    };
    expectNear(at('hill', 1.5, 2), saturate(x, { kind: 'HILL', half: 1.5, slope: 2 }), 1e-14);
    expectNear(at('logistic', 0.7), saturate(x, { kind: 'LOGISTIC', rate: 0.7 }), 1e-14);
    expectNear(at('michaelisMenten', 2), saturate(x, { kind: 'MICHAELIS_MENTEN', top: 1, half: 2 }), 1e-14);
  });
});
