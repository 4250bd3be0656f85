import type { Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { stream } from '../../numerics/random/stream.pure.ts';

/** A channel of a model as it is stored, as far as plans read it. */
export interface StoredChannel {
  readonly name: string;
  readonly spend: number;
  readonly halfLife: { mean: number; low: number; high: number };
  readonly curve: { spend: number[]; mean: number[]; low: number[]; high: number[]; draws: number[]; seenUpTo: number };
}

/** A channel with a response that flattens, `draws` draws of it 20 % apart. */
export function concaveChannel(name: string, spend: number, top: number, draws = 200): StoredChannel {
  const points = Array.from({ length: 41 }, (_, index) => (index / 16) * spend);
  const mean = points.map((x) => (top * x) / (x + spend));
  const random = stream(spend, top);
  const factors = Array.from({ length: draws }, () => Math.max(0.05, 1 + 0.2 * random.normal()));
  return {
    name,
    spend,
    halfLife: { mean: 1.2, low: 0.8, high: 2 },
    curve: {
      spend: points,
      mean,
      low: mean.map((value) => 0.7 * value),
      high: mean.map((value) => 1.3 * value),
      draws: factors.flatMap((factor) => mean.map((value) => factor * value)),
      seenUpTo: 1.2 * spend,
    },
  };
}

/** Store a mix model as if it had been trained; 52 weeks, in euros. Returns its id. */
export async function storeModel(
  runtime: Runtime,
  principal: Principal,
  channels: readonly StoredChannel[],
  changed: { mock?: boolean; state?: string; refusals?: string[]; warnings?: string[] } = {},
): Promise<string> {
  const context = createContext({ runtime, principal });
  const id = context.newId();
  const { mock = false, state = 'SUCCEEDED', refusals = [], warnings = [] } = changed;
  const summary = refusals.length > 0 ? null : { channels, series: [], negativeBaseline: 0 };
  const diagnosis = { refusals, warnings: [], ljungBox: { p: 0.5, lags: 4, statistic: 1 }, channels: [] };
  const inputs = {
    periods: 52,
    channels: channels.map(({ name }) => name),
    currency: 'EUR',
    firstDate: '2025-01-06',
    lastDate: '2026-01-04',
    sourceKinds: mock ? ['mock'] : ['file'],
    dataHash: 'f'.repeat(64),
  };
  const choice = { from: '2025-01-01', to: '2026-01-04', kpi: 'revenue', basis: 'claimed', period: 'WEEK', mock };
  await context.db
    .insertInto('causal.mix_model')
    .values({
      organization_id: context.organizationId,
      id,
      state,
      choice: JSON.stringify({ ...choice, events: [], holdout: 0, connectionIds: null }),
      settings: '{}',
      inputs: JSON.stringify(inputs),
      result: state === 'SUCCEEDED' ? JSON.stringify({ diagnosis, parameters: [], summary, dates: [] }) : null,
      warnings: JSON.stringify(warnings),
      code_version: 'test-mix.1',
      created_at: context.now(),
      finished_at: context.now(),
    } as never)
    .execute();
  return id;
}
