import type { Selectable } from 'kysely';
import { showRun, type RunKind } from '../runs/run-kind.ts';
import type { AttributionColumns } from './tables.ts';

/** A run as services and the graph see it. */
export type AttributionRun = ReturnType<typeof showAttribution>;

/** Attribution runs as stored computations. */
export const attributionRuns: RunKind<AttributionColumns, AttributionRun> = {
  table: 'causal.attribution_run',
  topic: 'attribution.changed',
  subjectKind: 'attributionRun',
  noun: 'attribution run',
  activity: 'Attribution',
  methods: 'attribution.1',
  show: showAttribution,
};

/** The row as the graph names it. */
function showAttribution(row: Selectable<AttributionColumns>) {
  const { settings, inputs, results, agreement, warnings } = row;
  return { ...showRun(row), settings, inputs, results, agreement, warnings };
}
