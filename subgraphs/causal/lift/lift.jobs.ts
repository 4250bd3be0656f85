import { defineRunJob } from '../runs/run-job.ts';
import { evaluateInPool } from './evaluate-in-pool.ts';
import { liftEvaluations } from './lift.runs.ts';
import { readLift, storedPanel } from './read-lift.ts';

/** Computes a stored lift evaluation in a worker thread. */
export const liftJob = defineRunJob(liftEvaluations, {
  type: 'causal.lift',
  timeoutSeconds: 1800,
  async compute(context, { settings: choice, panelId }, report) {
    const { data, inputs, warnings } = await readLift(context, choice, await storedPanel(context, panelId));
    context.logLine('info', `${data.panel.units.length} units over ${inputs.periods} periods were read.`);
    const begin = performance.now();
    const result = await evaluateInPool(data, choice.settings, context.signal, report);
    return {
      columns: {
        inputs: JSON.stringify(inputs),
        result: JSON.stringify(result),
        warnings: JSON.stringify(warnings),
      },
      computeMillis: performance.now() - begin,
      summary: result.conclusion,
    };
  },
});
