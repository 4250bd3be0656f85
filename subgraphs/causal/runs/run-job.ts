import { transaction } from '@liftos/core/create-context.ts';
import { defineJob, type JobContext, type JobDefinition } from '@liftos/core/jobs/define-job.ts';
import type { Run, RunColumns, RunKind } from './run-kind.ts';
import { abandonRun, beginRun, finishRun, noteProgress, type Findings } from './run-state.ts';
import { runById } from './run-view.ts';

/** Progress is stored and told at most so often. */
const progressMillis = 1000;

/**
 * The job that computes the runs of a kind. `compute` reads, computes in worker threads (ended by the context's
 * signal), and reports how far it is, 0 to 1; what it throws ends the run as failed, told to people by its message.
 */
export function defineRunJob<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  job: {
    readonly type: string;
    readonly timeoutSeconds: number;
    compute(context: JobContext, run: Shown, report: (fraction: number) => void): Promise<Findings<Row>>;
  },
): JobDefinition<{ runId: string }> {
  return defineJob<{ runId: string }>({
    type: job.type,
    timeoutSeconds: job.timeoutSeconds,
    maxAttempts: 2,
    async handler(context, { runId }) {
      const run = await runById(kind, context, runId);
      if (!run || !(await transaction(context, (tx) => beginRun(kind, tx, runId)))) return;
      const findings = await job.compute(context, run, reportTo(kind, context, runId));
      context.logLine('info', `Computing took ${Math.round(findings.computeMillis)} ms.`);
      await transaction(context, (tx) => finishRun(kind, tx, runId, findings));
    },
    async onEnd(tx, { runId }, { state, code, message }) {
      const error = code === 'INTERNAL' ? 'The computation broke off; the log of its job says more.' : message;
      await abandonRun(kind, tx, runId, { state: state === 'failed' ? 'FAILED' : 'CANCELLED', error });
    },
  });
}

function reportTo<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  context: JobContext,
  id: string,
): (fraction: number) => void {
  let told = performance.now();
  return (fraction) => {
    context.progress(fraction);
    if (performance.now() - told < progressMillis) return;
    told = performance.now();
    transaction(context, (tx) => noteProgress(kind, tx, id, fraction)).catch((error: unknown) =>
      context.log.warn({ error }, `The progress of a ${kind.noun} was not written.`),
    );
  };
}
