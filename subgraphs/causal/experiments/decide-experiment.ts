import { createHash } from 'node:crypto';
import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { insertCalibration } from '../calibration/calibration.service.ts';
import type { DecideExperimentInput } from '../schema.generated.ts';
import { analyseExperiment } from './analyse-experiment.ts';
import { calibrationOf } from './calibrate.pure.ts';
import { changeExperiment, lockFor, requireAllowed } from './change-experiment.ts';
import { requireExperiment, type Experiment } from './experiment.view.ts';
import type { Decision } from './tables.ts';

const longestText = 4000;

/**
 * Freeze what an experiment shows now, with what was decided and why; with a known change of spend it becomes a
 * calibration. Throws NOT_FOUND, CONFLICT, and BAD_USER_INPUT naming the field.
 */
export async function decideExperiment(context: Context, input: DecideExperimentInput): Promise<Experiment> {
  const why = input.why.trim();
  if (why.length === 0 || why.length > longestText) throw badInput('input.why', 'Say why, in at most 4000 characters.');
  const experiment = await requireExperiment(context, input.id);
  requireAllowed(experiment.state, 'DECIDE');
  const result = await analyseExperiment(context, experiment);
  const calibration = input.calibration && result ? calibrationOf(experiment, result, input.calibration) : null;
  if (calibration && 'field' in calibration)
    throw badInput(`input.calibration.${calibration.field}`, calibration.reason);
  const text = JSON.stringify(result);
  const decision: Decision = {
    verdict: input.verdict,
    why,
    by: context.principal.name,
    at: context.now().toISOString(),
    resultHash: createHash('sha256').update(text).digest('hex'),
  };
  return transaction(context, async (tx) => {
    const locked = await lockFor(tx, input.id, 'DECIDE');
    if (calibration) await insertCalibration(tx, calibration);
    return changeExperiment(tx, locked, 'DECIDE', { result: text, decision: JSON.stringify(decision) });
  });
}
