import type { Updateable } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { AppError, notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { experimentTopic, showExperiment, type Experiment } from './experiment.view.ts';
import { allowedActions, stateAfter, type ExperimentAction, type ExperimentState } from './states.pure.ts';
import type { ExperimentColumns, ExperimentTables } from './tables.ts';

const doing: Readonly<Record<ExperimentAction, string>> = {
  UPDATE: 'changed',
  DESIGN: 'designed',
  START: 'started',
  RECORD: 'given figures',
  STOP: 'stopped',
  COMPLETE: 'completed',
  DECIDE: 'decided',
};

/** Throws CONFLICT with what is allowed when an action is not. Gives the state that it leads to. */
export function requireAllowed(state: ExperimentState, action: ExperimentAction): ExperimentState {
  const next = stateAfter(state, action);
  if (next) return next;
  const allowed = allowedActions(state);
  const instead =
    allowed.length > 0 ? `Allowed now: ${allowed.join(', ').toLowerCase()}.` : 'Nothing is allowed any more.';
  throw new AppError('CONFLICT', `A ${state.toLowerCase()} experiment cannot be ${doing[action]}. ${instead}`, {
    state,
    allowed,
  });
}

/** An experiment, locked until the end of the transaction. Throws NOT_FOUND, or CONFLICT when the action is not allowed. */
export async function lockFor(tx: Context, id: string, action: ExperimentAction): Promise<Experiment> {
  if (!isId(id)) throw notFound('experiment');
  const db = tables<ExperimentTables>(tx);
  const row = await db.selectFrom('causal.experiment').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw notFound('experiment');
  requireAllowed(row.state, action);
  return showExperiment(row);
}

type Changes = Updateable<
  Pick<
    ExperimentColumns,
    'name' | 'hypothesis' | 'kind' | 'settings' | 'design' | 'started_on' | 'ends_on' | 'result' | 'decision'
  >
>;

/** Store what an action changed, with the state it leads to, and tell of it. The row is locked before. */
export async function changeExperiment(
  tx: Context,
  { id, state, name }: Experiment,
  action: ExperimentAction,
  changes: Changes = {},
): Promise<Experiment> {
  const row = await tables<ExperimentTables>(tx)
    .updateTable('causal.experiment')
    .set({ ...changes, state: requireAllowed(state, action), changed_at: tx.now() })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const summary =
    action === 'RECORD' ? `Figures of ${name} arrived.` : `The experiment ${row.name} was ${doing[action]}.`;
  await tell(tx, id, row.state, summary);
  return showExperiment(row);
}

/** Say that an experiment changed. */
export function tell(tx: Context, id: string, state: ExperimentState, summary: string): Promise<void> {
  const subject = { topic: experimentTopic, subjectKind: 'experiment', subjectId: id };
  return emit(tx, { ...subject, summary, payload: { state }, audit: true });
}
