import { randomBytes } from 'node:crypto';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput } from '@liftos/core/errors.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { ExperimentInput } from '../schema.generated.ts';
import { changeExperiment, lockFor, tell } from './change-experiment.ts';
import { addDays, dayOf } from './days.pure.ts';
import { plannedBy, type Planned } from './experiment-input.pure.ts';
import { showExperiment, type Experiment } from './experiment.view.ts';
import type { ExperimentTables } from './tables.ts';

const mostDays = 730;

/** Keep what is planned. Throws BAD_USER_INPUT naming the field. */
export function createExperiment(context: Context, input: ExperimentInput): Promise<Experiment> {
  const { name, hypothesis, settings } = requirePlanned(input);
  return transaction(context, async (tx) => {
    const row = await tables<ExperimentTables>(tx)
      .insertInto('causal.experiment')
      .values({
        organization_id: tx.organizationId,
        id: tx.newId(),
        name,
        hypothesis,
        kind: settings.kind,
        state: 'DRAFT',
        settings: JSON.stringify(settings),
        design: null as never,
        salt: randomBytes(9).toString('base64url'),
        started_on: null,
        ends_on: null,
        result: null as never,
        decision: null as never,
        created_by: tx.principal.name,
        created_at: tx.now(),
        changed_at: tx.now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await tell(tx, row.id, 'DRAFT', `${tx.principal.name} planned the experiment ${name}.`);
    return showExperiment(row);
  });
}

/** Change what is planned; a design is dropped. Throws NOT_FOUND, BAD_USER_INPUT naming the field, CONFLICT. */
export function updateExperiment(context: Context, id: string, input: ExperimentInput): Promise<Experiment> {
  const { name, hypothesis, settings } = requirePlanned(input);
  return transaction(context, async (tx) => {
    const experiment = await lockFor(tx, id, 'UPDATE');
    return changeExperiment(tx, experiment, 'UPDATE', {
      name,
      hypothesis,
      kind: settings.kind,
      settings: JSON.stringify(settings),
      design: null as never,
    });
  });
}

function requirePlanned(input: ExperimentInput): Planned {
  const planned = plannedBy(input);
  if ('field' in planned) throw badInput(`input.${planned.field}`, planned.reason);
  const connections = planned.settings.kind === 'GEO' ? (planned.settings.connectionIds ?? []) : [];
  if (!connections.every(isId)) throw badInput('input.geo.connectionIds', 'There is no such connection.');
  return planned;
}

/** Start an experiment. Throws NOT_FOUND, CONFLICT, and BAD_USER_INPUT for days that cannot be. */
export function startExperiment(
  context: Context,
  { id, startOn, days }: { id: string; startOn?: string | null; days?: number | null },
): Promise<Experiment> {
  return transaction(context, async (tx) => {
    const experiment = await lockFor(tx, id, 'START');
    const start = startOn ?? dayOf(tx.now());
    const length = lengthOf(experiment, days);
    const { geo } = experiment;
    if (geo && start <= geo.from) throw badInput('startOn', `History begins on ${geo.from}; start after it.`);
    return changeExperiment(tx, experiment, 'START', { started_on: start, ends_on: addDays(start, length - 1) });
  });
}

function lengthOf({ abDesign, geoDesign }: Experiment, days: number | null | undefined): number {
  const length = days ?? abDesign?.days ?? geoDesign?.days ?? null;
  if (length === null) throw badInput('days', 'Say for how many days, as the design does not.');
  if (length >= 1 && length <= mostDays) return length;
  throw badInput('days', `An experiment takes 1 to ${mostDays} days.`);
}

/** End an experiment before its planned end. Throws NOT_FOUND or CONFLICT. */
export function stopExperiment(context: Context, id: string): Promise<Experiment> {
  return transaction(context, async (tx) => {
    const experiment = await lockFor(tx, id, 'STOP');
    const today = dayOf(tx.now());
    const last = [experiment.startedOn!, today < experiment.endsOn! ? today : experiment.endsOn!].toSorted().at(-1)!;
    return changeExperiment(tx, experiment, 'STOP', { ends_on: last });
  });
}

/** End an experiment after its planned end. Throws NOT_FOUND, or CONFLICT before that. */
export function completeExperiment(context: Context, id: string): Promise<Experiment> {
  return transaction(context, async (tx) => {
    const experiment = await lockFor(tx, id, 'COMPLETE');
    if (dayOf(tx.now()) <= experiment.endsOn!) {
      const text = `The experiment runs until the end of ${experiment.endsOn}. Stop it to end it earlier.`;
      throw new AppError('CONFLICT', text, { state: 'RUNNING', allowed: ['RECORD', 'STOP'] });
    }
    return changeExperiment(tx, experiment, 'COMPLETE');
  });
}
