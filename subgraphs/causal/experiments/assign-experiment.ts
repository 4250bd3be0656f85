import type { Context } from '@liftos/core/context.ts';
import { AppError, badInput } from '@liftos/core/errors.ts';
import type { QueryExperimentAssignmentArgs } from '../schema.generated.ts';
import { assignStratified, assignUnits, type AssignedUnit } from './assign-units.pure.ts';
import { requireExperiment } from './experiment.view.ts';

const mostUnits = 10_000;

/** The arms of units. Throws NOT_FOUND, CONFLICT for a geo experiment, BAD_USER_INPUT naming the field. */
export async function assignExperiment(
  context: Context,
  { id, units, strata }: QueryExperimentAssignmentArgs,
): Promise<AssignedUnit[]> {
  const { ab, salt } = await requireExperiment(context, id);
  if (!ab) throw new AppError('CONFLICT', 'Markets of a geo experiment are assigned by its design.');
  const field = strata ? 'strata' : 'units';
  const names = strata ? strata.map(({ unit }) => unit) : (units ?? []);
  if (names.length === 0 || names.length > mostUnits) throw badInput(field, `Name 1 to ${mostUnits} units at a time.`);
  if (names.some((name) => name.length === 0)) throw badInput(field, 'A unit has no name.');
  if (strata && new Set(names).size < names.length) throw badInput(field, 'A unit is named twice.');
  return strata ? assignStratified(ab.arms, salt, strata) : assignUnits(ab.arms, salt, names);
}
