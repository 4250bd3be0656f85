import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { calibrations, showCalibration, type Calibration } from '../calibration/calibration.view.ts';
import { channelKey, describeAgreement, returnsBeside } from './agree-with-experiments.pure.ts';
import type { AttributionRun } from './attribution.runs.ts';

export const experimentAgreementResolvers = {
  AttributionRun: {
    calibrationAgreement: async (run: AttributionRun, _: unknown, context: Context) => {
      const { results, settings, inputs } = run;
      if (settings.unit !== 'CHANNEL') return [];
      const channels = [...new Set(results.flatMap(({ credits }) => credits.map(({ key }) => channelKey(key))))];
      const loader = context.loader<string, Calibration[]>('CalibrationsOfChannel', (keys) =>
        ofChannels(context, keys),
      );
      const found = (await loader.loadMany(channels)).flatMap((list) => (list instanceof Error ? [] : list));
      return found.filter(isOfKind(settings.mock)).map((calibration) => {
        const models = returnsBeside(calibration, results, inputs?.currency ?? null);
        const { channel } = calibration;
        return { channel, calibration, models, conclusion: describeAgreement(calibration, models) };
      });
    },
  },
};

/** Experiments on generated data stand beside runs on generated data alone; those written in by hand beside real ones. */
function isOfKind(mock: boolean): (calibration: Calibration) => boolean {
  return ({ sourceKinds }) => sourceKinds.includes('mock') === mock;
}

/** Calibrations that were not taken back, by channel in any case, newest first. */
async function ofChannels(context: Context, keys: readonly string[]): Promise<Calibration[][]> {
  const { db, table } = calibrations(context);
  const rows = await db
    .selectFrom(table)
    .selectAll()
    .where(sql<string>`lower(trim(channel))`, 'in', keys)
    .where('retired_at', 'is', null)
    .orderBy('id', 'desc')
    .execute();
  const shown = rows.map(showCalibration);
  return keys.map((key) => shown.filter(({ channel }) => channelKey(channel) === key));
}
