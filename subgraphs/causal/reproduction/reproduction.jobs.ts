import { defineRunJob } from '../runs/run-job.ts';
import { reproducibles } from './reproducibles.ts';
import { reproductions } from './reproduction.runs.ts';

/** Computes a stored result again and compares. */
export const reproductionJob = defineRunJob(reproductions, {
  type: 'causal.reproduction',
  timeoutSeconds: 1800,
  async compute(context, { kind, subjectId }, report) {
    const begin = performance.now();
    const outcome = await reproducibles[kind].reproduce(context, subjectId, report);
    const { identical, sameData, largestDifference } = outcome;
    return {
      columns: { identical, same_data: sameData, largest_difference: largestDifference },
      computeMillis: performance.now() - begin,
      summary: `Computed again: ${identical ? 'identical' : 'different'}, ${sameData ? 'on the same data' : 'the data has changed since'}.`,
    };
  },
});
