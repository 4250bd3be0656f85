import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { SourceKind } from '@liftos/core/ports/memory.ts';
import { healthLoader } from '../dashboard/health.view.ts';
import type { CheckState } from '../schema.generated.ts';
import type { ConnectionTable } from '../tables.ts';
import type { Check } from './integration-tables.ts';

/** Rows that may be put aside before it is more than a nuisance. */
const tolerableShare = 0.01;

/** Whether what came in lately is understood, whole, and adds up to what the platform says. */
export async function qualityChecks(context: Context, connection: ConnectionTable): Promise<Check[]> {
  const { understood, completeness } = await healthLoader(context).load(connection.id);
  const { rows } = await sql<{ checks: number; wrong: number }>`
    select count(*) as checks, count(*) filter (where ours <> theirs and abs(ours - theirs) > 0.005 * abs(theirs)) as wrong
    from connections.slice_check where connection_id = ${connection.id}`.execute(context.db);
  const { checks, wrong } = rows[0]!;
  return [
    quality(
      'rows understood',
      understood,
      `${percent(understood)} of the rows were understood.`,
      'Look at the rows that were put aside, in the last sync.',
    ),
    quality(
      'days complete',
      completeness,
      `${percent(completeness)} of the account-days are complete.`,
      'Look at the calendar of the connection for the days that are missing.',
    ),
    {
      part: 'QUALITY',
      name: 'totals',
      state: checks === 0 ? 'SKIPPED' : wrong === 0 ? 'PASSED' : 'WARNING',
      milliseconds: null,
      message:
        checks === 0
          ? 'The platform gives no sums to compare with.'
          : `${checks - wrong} of ${checks} sums equal the platform's own.`,
      hint: wrong === 0 ? null : 'Read the range again with a backfill; the parts of the sync show which sums differ.',
    },
  ];
}

function quality(name: string, given: number | null | undefined, message: string, hint: string): Check {
  const share = given ?? null;
  if (share === null)
    return {
      part: 'QUALITY',
      name,
      state: 'SKIPPED',
      milliseconds: null,
      message: 'Nothing to judge yet.',
      hint: null,
    };
  const state: CheckState = share === 1 ? 'PASSED' : share >= 1 - tolerableShare ? 'WARNING' : 'FAILED';
  return { part: 'QUALITY', name, state, milliseconds: null, message, hint: state === 'PASSED' ? null : hint };
}

function percent(share: number | null | undefined): string {
  return `${((share ?? 0) * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`;
}

const levels = { HEALTHY: 'PASSED', DEGRADED: 'WARNING', FAILING: 'FAILED', UNKNOWN: 'SKIPPED' } as const;

/** How well the source works, as its users feel it. */
export async function healthChecks(context: Context, connection: ConnectionTable): Promise<Check[]> {
  const { level, score, problems } = await healthLoader(context).load(connection.id);
  const message =
    level === 'UNKNOWN' ? 'Nothing was read yet.' : `It is ${level.toLowerCase()}, ${score ?? '–'} of 100.`;
  return [
    { part: 'HEALTH', name: 'health', state: levels[level], milliseconds: null, message, hint: problems[0] ?? null },
  ];
}

/** Sources that a mode may bring. */
const expected: Record<ConnectionTable['mode'], readonly SourceKind[]> = {
  LIVE: ['live'],
  MOCK: ['mock'],
  FILE: ['file'],
  AUTO: ['live', 'mock'],
  HYBRID: ['live', 'mock'],
};

/** Whether each source is stored under its own label, and none that the mode rules out. */
export async function sourceChecks(context: Context, connection: ConnectionTable): Promise<Check[]> {
  const range = { from: '1970-01-01', to: '9999-12-31', unit: 'channel', connectionIds: [connection.id] } as const;
  const found: SourceKind[] = [];
  for (const kind of ['live', 'mock', 'file'] as const) {
    const totals = await context.ports.memory.totals(context, { ...range, sourceKinds: [kind] });
    if (totals.length > 0) found.push(kind);
  }
  const wrong = found.filter((kind) => !expected[connection.mode].includes(kind));
  return [
    {
      part: 'SOURCES',
      name: 'sources kept apart',
      state: found.length === 0 ? 'SKIPPED' : wrong.length === 0 ? 'PASSED' : 'WARNING',
      milliseconds: null,
      message:
        found.length === 0
          ? 'No daily figures are stored.'
          : `Stored: ${found.join(' and ')} data, each under its own label.`,
      hint:
        wrong.length === 0
          ? null
          : `Data of an earlier mode (${wrong.join(', ')}) is still stored; choose sources when you look at figures.`,
    },
  ];
}
