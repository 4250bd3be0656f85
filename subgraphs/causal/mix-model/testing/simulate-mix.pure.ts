import { stream } from '../../numerics/random/stream.pure.ts';
import type { MixData } from '../mix-data.pure.ts';
import { sumOf } from '../../numerics/moments.pure.ts';

export interface SimulatedChannel {
  readonly name: string;
  readonly decay: number;
  readonly rate: number;
  /** What a period gains at most. */
  readonly strength: number;
}

export interface SimulatedMix {
  readonly data: MixData;
  /** True contribution of each channel over everything. */
  readonly contributions: readonly number[];
}

/** Weeks of a KPI made of a level, a trend, a season, media with geometric carry-over and logistic saturation, and noise. */
export function simulateMix(
  seed: number,
  weeks: number,
  channels: readonly SimulatedChannel[],
  { geos = 1, noise = 5, geoSpread = 0 } = {},
): SimulatedMix {
  const random = stream(seed, 99);
  const rows = weeks * geos;
  const kpi = Float64Array.from({ length: rows }, (_, row) => {
    const t = row % weeks;
    return 100 + 0.1 * t + 8 * Math.sin((2 * Math.PI * t * 7) / 365.25) + noise * random.normal();
  });
  const contributions: number[] = [];
  const series = channels.map(({ name, decay, rate, strength }) => {
    const spend = Float64Array.from({ length: rows }, () => 100 * Math.exp(0.6 * random.normal()));
    const most = spend.reduce((max, value) => Math.max(max, value), 0);
    const weights = Array.from({ length: 8 }, (_, lag) => decay ** lag);
    const sum = sumOf(weights);
    const factors = Array.from({ length: geos }, () => (geoSpread > 0 ? Math.exp(geoSpread * random.normal()) : 1));
    let total = 0;
    for (let row = 0; row < rows; row++) {
      let carried = 0;
      for (let lag = 0; lag < 8 && row % weeks >= lag; lag++) carried += (weights[lag]! / sum) * spend[row - lag]!;
      const gain = factors[Math.floor(row / weeks)]! * strength * Math.tanh((rate * carried) / most / 2);
      kpi[row] = kpi[row]! + gain;
      total += gain;
    }
    contributions.push(total);
    return { name, spend };
  });
  const dates = Array.from({ length: weeks }, (_, week) =>
    new Date(Date.UTC(2023, 0, 2 + 7 * week)).toISOString().slice(0, 10),
  );
  const names = Array.from({ length: geos }, (_, geo) => `region ${geo + 1}`);
  return { data: { dates, geos: names, kpi, channels: series, controls: [], events: [] }, contributions };
}
