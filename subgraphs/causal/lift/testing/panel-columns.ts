import { columnOf } from '../../numerics/linear/matrix.pure.ts';
import type { LiftPanelInput } from '../../schema.generated.ts';
import type { Panel } from '../../synthetic-control/panel.pure.ts';

/** A panel in long form, as it is given over the graph; missing values are null. */
export function columnsOf(
  { units, periods, outcomes }: Panel,
  treatments: LiftPanelInput['treatments'],
): LiftPanelInput {
  const rows = units.flatMap((unit, place) =>
    Array.from(columnOf(outcomes, place), (value, period) => ({ unit, period: periods[period]!, value })),
  );
  return {
    units: rows.map(({ unit }) => unit),
    periods: rows.map(({ period }) => period),
    values: rows.map(({ value }) => (Number.isNaN(value) ? null : value)),
    treatments,
  };
}
