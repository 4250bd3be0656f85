import { ChannelResponse } from './channel-response.pure.ts';
import type { MixFit } from './fit-mix-model.pure.ts';
import { intervalOf, type Interval } from './interval.pure.ts';
import type { LiftRow } from './mix-settings.pure.ts';

/** The result of an experiment beside what the model says of the same change of spend. */
export interface ExperimentAgreement {
  readonly channel: string;
  readonly geo: string | null;
  readonly calibrationId: string | null;
  readonly method: string | null;
  readonly spend: number;
  readonly spendChange: number;
  readonly measured: number;
  readonly standardError: number;
  readonly predicted: Interval;
  /** Difference of the means over both uncertainties together. */
  readonly distance: number;
}

/** Every experiment the model was fitted with. It saw them, so that agreement is the least to be expected. */
export function compareExperiments(fit: MixFit): ExperimentAgreement[] {
  return fit.mix.channels.flatMap(({ lift }, index) => {
    const response = new ChannelResponse(fit, index);
    return lift.map((prepared) => {
      const row: LiftRow = prepared.row;
      const draws = Float64Array.from({ length: fit.draws }, (_, draw) => response.liftOf(draw, prepared));
      const predicted = intervalOf(draws);
      const variance = draws.reduce((sum, value) => sum + (value - predicted.mean) ** 2, 0) / draws.length;
      return {
        channel: row.channel,
        geo: row.geo ?? null,
        calibrationId: row.calibrationId ?? null,
        method: row.method ?? null,
        spend: row.spend,
        spendChange: row.spendChange,
        measured: row.kpiChange,
        standardError: row.standardError,
        predicted,
        distance: (predicted.mean - row.kpiChange) / Math.sqrt(variance + row.standardError ** 2),
      };
    });
  });
}
