import { dayNumber } from '../../mock/calendar.pure.ts';
import { json, type Answer } from '../kit/answer.pure.ts';
import type { Running } from '../kit/define-double.ts';
import { pageOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { runSelect, tableOf, type SqlProblem } from '../warehouse/run-select.ts';
import type { StatementTruth, WarehouseState } from '../warehouse/state.ts';
import { snowflakeError, snowflakeErrors } from './errors.pure.ts';

type SnowflakeDouble = Running<WarehouseState>;

/** Rows of a part of a result. */
const partRows = 60;
const pollsNeeded = 2;

interface Body {
  statement?: string;
  warehouse?: string;
  bindings?: Record<string, { type?: string; value?: string }>;
}

/** `POST /api/v2/statements`: an answer at once, or a handle when `async` is asked for. */
export function submit(request: DoubleRequest, double: SnowflakeDouble): Answer {
  const { statement = '', warehouse, bindings = {} } = request.json<Body>() ?? {};
  if (!/^\s*(select|with)\b/i.test(statement))
    return snowflakeError(422, '003001', 'SQL access control error: Insufficient privileges.', '42501');
  if (!warehouse) return snowflakeError(422, '000606', 'No active warehouse selected in the current session.', '57P03');
  const places = statement.match(/\?/g)?.length ?? 0;
  const binds = Array.from({ length: places }, (_, index) => bindings[String(index + 1)]?.value);
  if (binds.includes(undefined)) return snowflakeError(422, '002049', 'Bind variable not set.');
  const result = runSelect(statement, binds as string[], double);
  if ('problem' in result) return sqlError(result);
  const { statements } = double.state;
  const handle = `01b5-${String(statements.size + 1).padStart(8, '0')}`;
  const isAsync = request.query.get('async') === 'true';
  statements.set(handle, { handle, ...result, polls: isAsync ? 0 : pollsNeeded });
  return isAsync ? running(handle) : part(statements.get(handle)!, 0, double);
}

/** `GET /api/v2/statements/{handle}`: how far it is, or a part of its result. */
export function statement(request: DoubleRequest, double: SnowflakeDouble): Answer {
  const found = double.state.statements.get(request.params.handle ?? '');
  if (!found) return snowflakeErrors.notFound(request);
  found.polls += 1;
  if (found.polls < pollsNeeded) return running(found.handle);
  const place = Number(request.query.get('partition') ?? 0);
  const parts = Math.max(1, Math.ceil(found.rows.length / rowsOfPart(double.faults)));
  if (!Number.isInteger(place) || place < 0 || place >= parts)
    return snowflakeError(422, '391909', `Invalid partition: ${place}.`);
  return part(found, place, double);
}

/** `POST /api/v2/statements/{handle}/cancel`. */
export function cancel(request: DoubleRequest, { state }: SnowflakeDouble): Answer {
  const handle = request.params.handle ?? '';
  state.statements.delete(handle);
  return json({ code: '000604', message: 'successfully canceled', statementHandle: handle });
}

/** The table that a new statement reads. */
export function tableAsked(request: DoubleRequest): string | null {
  return request.method === 'POST' ? tableOf(request.json<Body>()?.statement ?? '') : null;
}

/** Days that a new statement reads. */
export function daysAsked(request: DoubleRequest): number | null {
  const { bindings = {} } = request.json<Body>() ?? {};
  const [from, to] = [bindings['1']?.value, bindings['2']?.value];
  return from && to ? dayNumber(to) - dayNumber(from) + 1 : null;
}

function running(handle: string): Answer {
  const url = `/api/v2/statements/${handle}`;
  const body = { code: '333334', message: 'Asynchronous execution in progress.', statementHandle: handle };
  return json({ ...body, statementStatusUrl: url }, 202);
}

function sqlError({ problem, message }: SqlProblem): Answer {
  const codes = { syntax: '001003', missing: '002003', column: '000904' };
  return snowflakeError(422, codes[problem], `SQL compilation error:\n${message}`);
}

function rowsOfPart({ pageRows }: SnowflakeDouble['faults']): number {
  return pageRows ?? partRows;
}

/** Every value is text; the first part tells what the columns are. */
function part({ handle, columns, rows }: StatementTruth, place: number, { faults }: SnowflakeDouble): Answer {
  const dates = columns.map(({ type }) => type === 'date');
  const size = rowsOfPart(faults);
  const { items } = pageOf(rows, place * size, size, faults);
  const data = items.map((row) =>
    row.map((value, index) => (value !== null && dates[index] ? String(dayNumber(value)) : value)),
  );
  if (place > 0) return json({ data });
  const types = { date: 'date', text: 'text', decimal: 'fixed', integer: 'fixed' };
  const counts = Array.from({ length: Math.max(1, Math.ceil(rows.length / size)) }, (_, index) =>
    Math.min(size, rows.length - index * size),
  );
  return json({
    code: '090001',
    sqlState: '00000',
    message: 'Statement executed successfully.',
    statementHandle: handle,
    resultSetMetaData: {
      numRows: rows.length,
      format: 'jsonv2',
      rowType: columns.map(({ name, type }) => ({
        name,
        type: types[type],
        nullable: true,
        scale: type === 'decimal' ? 2 : 0,
      })),
      partitionInfo: counts.map((rowCount) => ({ rowCount, uncompressedSize: rowCount * 80 })),
    },
    data,
  });
}
