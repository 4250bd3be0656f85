import { readConfig } from '../config.ts';
import { systemPrincipal } from '../context.ts';
import { createContext, transaction } from '../create-context.ts';
import { defineJob } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/jobs.ts';
import { jobsById } from '../jobs/store.ts';
import { startRuntime } from '../start-runtime.ts';
import { defineSubgraph } from '../subgraph.ts';
import { until } from './until.ts';

// Runs a job that kills its process on the database in LIFTOS_DATA_DIR, until that is given up; then one that does no
// harm. Prints both. Arguments: organisation, and the id of the job once it exists.
const [organizationId = '', poisonId] = process.argv.slice(2);

const poison = defineJob<null>({
  type: 'poison.deadly',
  maxAttempts: 2,
  async handler() {
    process.kill(process.pid, 'SIGKILL');
    await Promise.resolve();
  },
});
const harmless = defineJob<null>({ type: 'poison.harmless', handler: () => Promise.resolve() });
const subgraph = defineSubgraph({
  name: 'poison',
  folder: import.meta.dirname,
  resolvers: {},
  jobs: [poison, harmless],
});

const runtime = await startRuntime({ config: readConfig(), subgraphs: [subgraph] });
const context = createContext({ runtime, principal: systemPrincipal(organizationId) });

/** Prints the id before the commit, as the job may kill the process right after. */
function begin(): Promise<string> {
  return transaction(context, async (tx) => {
    const created = await enqueue(tx, poison, null);
    process.stdout.write(`JOB ${created}\n`);
    return created;
  });
}

const id = poisonId ?? (await begin());
const ended = (jobId: string, state: string) =>
  until(async () => {
    const [job] = await jobsById(context, [jobId]);
    return job?.state === state && job;
  }, 60_000);
const failed = await ended(id, 'failed');
const after = await transaction(context, (tx) => enqueue(tx, harmless, null));
await ended(after, 'succeeded');
process.stdout.write(`RESULT ${JSON.stringify({ attempt: failed.attempt, error: failed.error })}\n`);
await runtime.close();
process.exit(0);
