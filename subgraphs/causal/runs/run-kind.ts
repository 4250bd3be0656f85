import type { Selectable } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';

export type RunState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** The columns that every table of stored computations has. */
export interface RunColumns {
  organization_id: string;
  id: string;
  state: RunState;
  /** 0 to 1. */
  progress: number;
  error: string | null;
  code_version: string;
  job_id: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  compute_millis: number | null;
}

/** What is the same of every stored computation as services and the graph see it. */
export interface Run {
  readonly id: string;
  readonly state: RunState;
  readonly progress: number;
  readonly error: string | null;
  readonly codeVersion: string;
  readonly jobId: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly computeMillis: number | null;
}

/** A kind of stored computation: where it is kept, how it is told of and shown. */
export interface RunKind<Row extends RunColumns = RunColumns, Shown extends Run = Run> {
  /** With its schema, e.g. `causal.mix_model`. */
  readonly table: string;
  /** Of the events that tell of a change. */
  readonly topic: string;
  readonly subjectKind: string;
  /** What one is called, e.g. `mix model`. */
  readonly noun: string;
  /** What is being done, at the beginning of a sentence, e.g. `Training`. */
  readonly activity: string;
  /** Name and number of the methods; the number grows when a change of them changes results. */
  readonly methods: string;
  readonly show: (row: Selectable<Row>) => Shown;
}

/** The common columns as the graph names them. */
export function showRun(row: Selectable<RunColumns>): Run {
  return {
    id: row.id,
    state: row.state,
    progress: row.progress,
    error: row.error,
    codeVersion: row.code_version,
    jobId: row.job_id,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    computeMillis: row.compute_millis,
  };
}

/** Version of the product and of the methods that compute a run. */
export function versionOf({ methods }: Pick<RunKind, 'methods'>, context: Context): string {
  return `${context.runtime.version}-${methods}`;
}

/** The database, its table of this kind typed by the columns that all kinds have. */
export function runTable<Row extends RunColumns, Shown extends Run>(kind: RunKind<Row, Shown>, context: Context) {
  // Kysely asks for the name of a table at compile time; all kinds have these columns.
  return { db: tables<{ 'causal.run': RunColumns }>(context), table: kind.table as 'causal.run' };
}
