import type { Answer, Cursor, Json, Slice, Stream, Target } from '../../platforms/connector.ts';
import { failing } from './failing.pure.ts';
import type { Manifest, ManifestStream } from '../manifest/schema.pure.ts';
import { compileMapping } from './mapping.pure.ts';
import { compilePaging, type Paging } from './paging.pure.ts';
import { compileReport } from './report.pure.ts';
import { compileRequest } from './request.pure.ts';
import { rowSchema } from './row-schema.pure.ts';
import { answerNames, sliceScope } from './scope.pure.ts';
import { compileTotals } from './totals.pure.ts';
import { compileCondition, compileExpression, listFrom } from './values.pure.ts';
import type { Scope } from '../language/evaluate.pure.ts';

const usualPageSize = 100;

/** Compiles a stream of a manifest. */
export function compileStream(stream: ManifestStream, manifest: Manifest, base: (target: Target) => string): Stream {
  const paging = compilePaging(stream.paging ?? { type: 'none' }, base);
  const request = compileRequest(stream.request);
  const rows = compileExpression(stream.rows ?? 'body');
  return {
    name: stream.name,
    title: stream.title,
    delivers: (['facts', 'items', 'journeys', 'entities'] as const).filter((kind) => stream[kind]),
    ...(stream.basis ? { basis: stream.basis } : {}),
    ...(stream.scopes ? { scopes: stream.scopes } : {}),
    key: stream.key,
    row: rowSchema(stream.key, stream.schema),
    cursor: cursorOf(stream.cursor),
    pageSize: stream.page_size ?? usualPageSize,
    request: (slice, at, report) =>
      failing('request', () => {
        const scope = sliceScope(slice, { page: paging.names(slice, at), report: { id: report } });
        return paging.lead(request(scope), slice, at);
      }),
    rows: (answer, slice, at) => failing('rows', () => listFrom(rows(answerScope(answer, slice, at, paging)))),
    next(answer, slice, at) {
      const scope = answerScope(answer, slice, at, paging);
      return failing('paging', () => paging.next(answer, scope, listFrom(rows(scope)).length, slice, at));
    },
    map: compileMapping(stream, manifest.platform.name),
    ...(stream.cut_off ? { cutOff: compileCutOff(stream.cut_off, paging) } : {}),
    ...(stream.report ? { report: compileReport(stream.report) } : {}),
    ...(stream.totals ? { totals: compileTotals(stream.totals) } : {}),
  };
}

function answerScope(answer: Answer, slice: Slice, at: Json | null, paging: Paging): Scope {
  return sliceScope(slice, { ...answerNames(answer), page: paging.names(slice, at) });
}

function compileCutOff({ when, message }: NonNullable<ManifestStream['cut_off']>, paging: Paging) {
  const reached = compileCondition(when);
  return (answer: Answer, rows: readonly unknown[], slice: Slice): string | null => {
    const scope = answerScope(answer, slice, null, paging);
    const found = failing('cut_off', () => reached({ ...scope, names: { ...scope.names, rows } }));
    return found ? (message ?? 'The platform gives no more rows than these.') : null;
  };
}

function cursorOf(cursor: ManifestStream['cursor']): Cursor {
  switch (cursor.by) {
    case 'day':
      return {
        by: 'day',
        lookbackDays: cursor.look_back_days ?? 7,
        windowDays: cursor.window_days ?? 30,
        historyDays: cursor.history_days ?? 365,
        ...(cursor.late_hours === undefined ? {} : { lateHours: cursor.late_hours }),
      };
    case 'update':
      return {
        by: 'update',
        overlapSeconds: cursor.overlap_seconds ?? 300,
        windowDays: cursor.window_days ?? 30,
        historyDays: cursor.history_days ?? 365,
        ...(cursor.late_hours === undefined ? {} : { lateHours: cursor.late_hours }),
      };
    case 'none':
      return { by: 'none' };
  }
}
