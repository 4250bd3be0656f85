import type { Selectable } from 'kysely';
import { showRun, type RunKind } from '../runs/run-kind.ts';
import type { ReproductionColumns } from './tables.ts';

/** A reproduction as services and the graph see it. */
export type StoredReproduction = ReturnType<typeof showReproduction>;

/** Reproductions as stored computations. */
export const reproductions: RunKind<ReproductionColumns, StoredReproduction> = {
  table: 'causal.reproduction',
  topic: 'reproduction.changed',
  subjectKind: 'reproduction',
  noun: 'reproduction',
  activity: 'Computing again',
  methods: 'reproduction.1',
  show: showReproduction,
};

/** The row as the graph names it. */
function showReproduction(row: Selectable<ReproductionColumns>) {
  const { kind, subject_id: subjectId, identical, same_data: sameData, largest_difference: largestDifference } = row;
  return { ...showRun(row), kind, subjectId, identical, sameData, largestDifference };
}
