import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput } from '@liftos/core/errors.ts';
import { momentsOfArm } from '../ab/arm-sums.pure.ts';
import { inField } from '../ab/in-field.ts';
import type { ObservationInput, RecordObservationsInput } from '../schema.generated.ts';
import type { Observation } from './analyse-ab.pure.ts';
import { changeExperiment, lockFor } from './change-experiment.ts';
import { dayOf } from './days.pure.ts';
import { kindOf } from './metric-kind.pure.ts';
import type { Experiment } from './experiment.view.ts';
import type { AbSettings } from './settings.pure.ts';
import type { ExperimentTables, StoredSums } from './tables.ts';

const mostObservations = 5000;

/**
 * Take in what was counted up to days. A batch that was taken in before changes nothing; figures of a day, arm and
 * metric replace earlier ones. Throws NOT_FOUND, CONFLICT when the experiment takes none or the batch id was used for
 * other figures, BAD_USER_INPUT naming the observation and what is wrong with it.
 */
export function recordObservations(
  context: Context,
  { experimentId, batchId, observations }: RecordObservationsInput,
): Promise<{ experiment: Experiment; repeated: boolean }> {
  if (batchId.length === 0 || batchId.length > 200)
    throw badInput('input.batchId', 'A batch id has 1 to 200 characters.');
  if (observations.length === 0 || observations.length > mostObservations) {
    throw badInput('input.observations', `Send 1 to ${mostObservations} observations at a time.`);
  }
  const hash = createHash('sha256').update(JSON.stringify(observations)).digest('hex');
  return transaction(context, async (tx) => {
    const experiment = await lockFor(tx, experimentId, 'RECORD');
    const settings = requirePosted(experiment);
    const checked = observations.map((one, index) => checkOne(tx, experiment, settings, one, index));
    if (!(await isNewBatch(tx, experimentId, batchId, hash))) return { experiment, repeated: true };
    const rows = [...new Map(checked.map((one) => [`${one.metric}\n${one.arm}\n${one.day}`, one])).values()];
    await store(tx, experimentId, rows);
    await requireGrowing(tx, experimentId);
    return { experiment: await changeExperiment(tx, experiment, 'RECORD'), repeated: false };
  });
}

function requirePosted({ ab }: Experiment): AbSettings {
  if (ab?.source === 'POSTED') return ab;
  throw new AppError('CONFLICT', 'Figures of this experiment come from memory; none are sent in.');
}

function checkOne(
  tx: Context,
  { startedOn, endsOn }: Experiment,
  settings: AbSettings,
  given: ObservationInput,
  index: number,
): Observation {
  const field = `input.observations.${index}`;
  const name = given.metric ?? settings.metrics[0]!.name;
  const metric = settings.metrics.find((one) => one.name === name);
  if (!metric) throw badInput(`${field}.metric`, `There is no metric ${name}.`);
  if (!settings.arms.some((arm) => arm.name === given.arm))
    throw badInput(`${field}.arm`, `There is no arm ${given.arm}.`);
  if (given.day < startedOn! || given.day > endsOn!) {
    throw badInput(`${field}.day`, `${given.day} lies outside the experiment, ${startedOn} to ${endsOn}.`);
  }
  if (given.day > dayOf(tx.now())) throw badInput(`${field}.day`, `${given.day} lies in the future.`);
  if (!(given.n >= 0 && Number.isFinite(given.n))) throw badInput(`${field}.n`, 'A number of units is not below 0.');
  const sums = sumsOf(given);
  // Fewer than two units cannot be judged yet, but are no mistake.
  if (given.n >= 2) inField(field, () => momentsOfArm(kindOf(metric), { n: given.n, ...sums }));
  return { metric: name, arm: given.arm, day: given.day, n: given.n, sums };
}

function sumsOf(given: ObservationInput): StoredSums {
  const names = ['successes', 'sum', 'sumSquares', 'secondSum', 'secondSumSquares', 'sumProducts'] as const;
  return Object.fromEntries(names.flatMap((name) => (typeof given[name] === 'number' ? [[name, given[name]]] : [])));
}

/** False for a batch that was taken in before. Throws CONFLICT when it held other figures. */
async function isNewBatch(tx: Context, experimentId: string, batchId: string, hash: string): Promise<boolean> {
  const db = tables<ExperimentTables>(tx);
  const inserted = await db
    .insertInto('causal.experiment_batch')
    .values({
      organization_id: tx.organizationId,
      experiment_id: experimentId,
      batch_id: batchId,
      hash,
      received_at: tx.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 1n) return true;
  const known = await db
    .selectFrom('causal.experiment_batch')
    .select('hash')
    .where('experiment_id', '=', experimentId)
    .where('batch_id', '=', batchId)
    .executeTakeFirstOrThrow();
  if (known.hash === hash) return false;
  throw new AppError('CONFLICT', `The batch ${batchId} was sent before with other figures.`, {
    field: 'input.batchId',
  });
}

async function store(tx: Context, experimentId: string, rows: readonly Observation[]): Promise<void> {
  const column = <K extends keyof Observation>(name: K): Observation[K][] => rows.map((row) => row[name]);
  await sql`
    insert into causal.experiment_observation (organization_id, experiment_id, metric, arm, day, n, sums)
    select ${tx.organizationId}, ${experimentId}, metric, arm, day, n, sums
    from unnest(${column('metric')}::text[], ${column('arm')}::text[], ${column('day')}::date[],
      ${column('n')}::double precision[], ${rows.map(({ sums }) => JSON.stringify(sums))}::jsonb[])
      as given (metric, arm, day, n, sums)
    on conflict (organization_id, experiment_id, metric, arm, day)
    do update set n = excluded.n, sums = excluded.sums`.execute(tx.db);
}

/** Totals never shrink: who sends a day's own figures is told so. Throws BAD_USER_INPUT. */
async function requireGrowing(tx: Context, experimentId: string): Promise<void> {
  const { rows } = await sql<{ metric: string; arm: string; day: string }>`
    select metric, arm, day from (
      select metric, arm, day, n, lag(n) over (partition by metric, arm order by day) as before
      from causal.experiment_observation where experiment_id = ${experimentId}
    ) as course where n < before order by day limit 1`.execute(tx.db);
  const [first] = rows;
  if (!first) return;
  const text = `${first.arm} has fewer units on ${first.day} than before. Send totals since the start, not the figures of the day alone.`;
  throw badInput('input.observations', text, { ...first });
}
