import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput } from '@liftos/core/errors.ts';
import { calibrationOfLift, type LiftCalibration } from '../lift/calibration-of-lift.pure.ts';
import { liftEvaluations } from '../lift/lift.runs.ts';
import { requireRun } from '../runs/run-view.ts';
import type { CalibrateByLiftInput } from '../schema.generated.ts';
import { insertCalibration } from './calibration.service.ts';
import type { Calibration } from './calibration.view.ts';

/**
 * Keep what a finished lift evaluation found. Regions are scaled up to all of them by their share of the usual spend, as
 * if the others would answer alike, which keeps the return. Throws NOT_FOUND, CONFLICT for an evaluation that cannot
 * calibrate or has done so, and BAD_USER_INPUT naming the field.
 */
export async function calibrateByLift(context: Context, input: CalibrateByLiftInput): Promise<Calibration> {
  const { settings: choice, inputs, result } = await requireRun(liftEvaluations, context, input.evaluationId);
  const found = inputs && result ? calibrationOfLift({ choice, inputs, result }) : null;
  if (!found) {
    const text =
      'This evaluation cannot calibrate: it needs records, revenue or conversions, a change of spend and an interval.';
    throw new AppError('CONFLICT', text);
  }
  const channel = input.channel?.trim() || found.channel;
  if (!channel) throw badInput('input.channel', 'Say whose spend was changed.');
  const scaled = scaledUp(found, input.shareOfSpend ?? null, choice.records?.unit === 'REGION');
  return transaction(context, (tx) =>
    insertCalibration(tx, {
      ...scaled,
      channel,
      currency: found.currency ?? '',
      method: `lift, ${found.method.toLowerCase().replaceAll('_', ' ')}`,
      origin: 'LIFT_EVALUATION',
      originId: input.evaluationId,
    }),
  );
}

function scaledUp(found: LiftCalibration, share: number | null, byRegion: boolean) {
  if (share === null) {
    if (!byRegion || found.region !== null) return { ...found, note: null };
    const text =
      'Several regions were treated. Say what share of the usual spend they have, to scale the result up to all.';
    throw badInput('input.shareOfSpend', text);
  }
  if (!(share > 0 && share <= 1))
    throw badInput('input.shareOfSpend', 'A share of the spend is above 0 and at most 1.');
  return {
    ...found,
    region: null,
    spend: found.spend / share,
    spendChange: found.spendChange / share,
    kpiChange: found.kpiChange / share,
    standardError: found.standardError / share,
    note: `Measured where ${Number((100 * share).toPrecision(3))} % of the usual spend is, and scaled up to all regions.`,
  };
}
