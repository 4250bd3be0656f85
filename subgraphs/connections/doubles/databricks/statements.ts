import { dayNumber } from '../../mock/calendar.pure.ts';
import { json, text, type Answer } from '../kit/answer.pure.ts';
import type { Running } from '../kit/define-double.ts';
import { pageOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { runSelect, tableOf, type SqlProblem } from '../warehouse/run-select.ts';
import type { StatementTruth, WarehouseState } from '../warehouse/state.ts';
import { databricksError, failedStatement, notFoundMessage } from './errors.pure.ts';

type DatabricksDouble = Running<WarehouseState>;

export const warehouseId = '1234567890abcdef';
const fileHost = 'databricks-results.s3.eu-central-1.amazonaws.com';
const chunkRows = 60;
const linkSeconds = 900;
/** Questions until a statement is done: a warehouse that sleeps has to wake up first. */
const pollsNeeded = { awake: 2, asleep: 4 };

interface Body {
  warehouse_id?: string;
  statement?: string;
  wait_timeout?: string;
  disposition?: string;
  format?: string;
  parameters?: { name: string; value: string }[];
}

/** `POST /api/2.0/sql/statements`. */
export function submit(request: DoubleRequest, double: DatabricksDouble): Answer {
  const body = request.json<Body>() ?? {};
  const problem = problemOf(body);
  if (problem) return problem;
  const { statement = '', parameters = [] } = body;
  const names = statement.match(/:\w+/g) ?? [];
  const binds = names.map((name) => parameters.find((one) => `:${one.name}` === name)?.value);
  const { state } = double;
  const handle = `01ef-${String(state.statements.size + 1).padStart(8, '0')}`;
  const result: ReturnType<typeof runSelect> = binds.includes(undefined)
    ? { problem: 'syntax', message: '[UNBOUND_SQL_PARAMETER] Found the unbound parameter.' }
    : runSelect(statement, binds as string[], double);
  const isWaiting = body.wait_timeout !== '0s';
  const needed = isWaiting ? 0 : pollsNeeded[state.isAwake ? 'awake' : 'asleep'];
  state.isAwake = true;
  const truth: StatementTruth =
    'problem' in result
      ? { handle, columns: [], rows: [], failure: failureOf(result, statement), polls: -needed }
      : { handle, ...result, polls: -needed };
  state.statements.set(handle, truth);
  return isWaiting ? outcome(truth, body.disposition === 'INLINE', double) : pending(truth);
}

/** `GET /api/2.0/sql/statements/{id}`. */
export function statement(request: DoubleRequest, double: DatabricksDouble): Answer {
  const found = double.state.statements.get(request.params.id ?? '');
  if (!found) return databricksError(404, 'RESOURCE_DOES_NOT_EXIST', 'The statement does not exist.');
  found.polls += 1;
  return found.polls < 0 ? pending(found) : outcome(found, false, double);
}

/** `GET /api/2.0/sql/statements/{id}/result/chunks/{chunk}`: where the file of a part is. */
export function resultChunk(request: DoubleRequest, double: DatabricksDouble): Answer {
  const found = double.state.statements.get(request.params.id ?? '');
  const place = Number(request.params.chunk);
  if (!found || !(place >= 0 && place < chunksOf(found, double)))
    return databricksError(404, 'RESOURCE_DOES_NOT_EXIST', 'The chunk does not exist.');
  return json({ external_links: [linkOf(found, place, double)] });
}

/** `POST /api/2.0/sql/statements/{id}/cancel`. */
export function cancel(request: DoubleRequest, { state }: DatabricksDouble): Answer {
  state.statements.delete(request.params.id ?? '');
  return json({});
}

/** A file of a result: its address is signed, so a token beside it is refused. */
export function file(request: DoubleRequest, { state, clock, faults }: DatabricksDouble): Answer {
  const xml = (code: string): string => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;
  if (request.header('authorization') !== null) return text(xml('InvalidArgument: only one auth mechanism'), 400);
  if (Number(request.query.get('X-Amz-Expires')) <= clock.seconds()) return text(xml('AccessDenied: expired'), 403);
  const found = state.statements.get(request.params.id ?? '');
  const place = Number(request.params.chunk);
  if (!found || request.query.get('X-Amz-Signature') === null) return text(xml('AccessDenied'), 403);
  const size = rowsOfChunk(faults);
  return json(pageOf(found.rows, place * size, size, faults).items);
}

/** `GET /api/2.0/sql/warehouses`. */
export function warehouses(_: DoubleRequest, { state }: DatabricksDouble): Answer {
  const warehouse = { id: warehouseId, name: 'Reporting', state: state.isAwake ? 'RUNNING' : 'STOPPED' };
  return json({ warehouses: [warehouse] });
}

/** The table that a new statement reads. */
export function tableAsked(request: DoubleRequest): string | null {
  return request.method === 'POST' ? tableOf(request.json<Body>()?.statement ?? '') : null;
}

/** Days that a new statement reads. */
export function daysAsked(request: DoubleRequest): number | null {
  const [from, to] = (request.json<Body>()?.parameters ?? []).map(({ value }) => value);
  return from && to ? dayNumber(to) - dayNumber(from) + 1 : null;
}

function problemOf({ warehouse_id: warehouse, wait_timeout: wait = '10s', format }: Body): Answer | null {
  if (warehouse !== warehouseId)
    return databricksError(404, 'RESOURCE_DOES_NOT_EXIST', `SQL warehouse ${warehouse} does not exist.`);
  const seconds = Number(wait.replace(/s$/, ''));
  if (!/^\d+s$/.test(wait) || (seconds !== 0 && (seconds < 5 || seconds > 50)))
    return databricksError(400, 'INVALID_PARAMETER_VALUE', 'wait_timeout must be 0s, or from 5s to 50s.');
  return format === undefined || format === 'JSON_ARRAY'
    ? null
    : databricksError(400, 'INVALID_PARAMETER_VALUE', 'format JSON_ARRAY is served here.');
}

function failureOf({ problem, message }: SqlProblem, sql: string): string {
  if (problem === 'missing') return notFoundMessage(tableOf(sql) ?? '');
  return problem === 'column' ? `[UNRESOLVED_COLUMN] ${message}` : `[PARSE_SYNTAX_ERROR] ${message}`;
}

function pending({ handle, polls }: StatementTruth): Answer {
  return json({ statement_id: handle, status: { state: polls < -1 ? 'PENDING' : 'RUNNING' } });
}

function outcome(truth: StatementTruth, isInline: boolean, double: DatabricksDouble): Answer {
  const { handle, columns, rows, failure } = truth;
  if (failure !== undefined) return failedStatement(handle, failure);
  const names = { date: 'DATE', text: 'STRING', decimal: 'DECIMAL', integer: 'LONG' };
  const list = columns.map(({ name, type }, position) => ({ name, type_name: names[type], position }));
  const chunks = chunksOf(truth, double);
  const link = isInline || chunks === 0 ? {} : { external_links: [linkOf(truth, 0, double)] };
  return json({
    statement_id: handle,
    status: { state: 'SUCCEEDED' },
    manifest: {
      format: 'JSON_ARRAY',
      schema: { column_count: list.length, columns: list },
      total_row_count: rows.length,
      total_chunk_count: chunks,
      truncated: false,
    },
    result: isInline ? { chunk_index: 0, row_count: rows.length, data_array: rows } : link,
  });
}

function rowsOfChunk({ pageRows }: DatabricksDouble['faults']): number {
  return pageRows ?? chunkRows;
}

function chunksOf({ rows }: StatementTruth, { faults }: DatabricksDouble): number {
  return Math.ceil(rows.length / rowsOfChunk(faults));
}

function linkOf(truth: StatementTruth, place: number, double: DatabricksDouble): Record<string, unknown> {
  const { clock, faults } = double;
  const size = rowsOfChunk(faults);
  const ends = clock.seconds() + linkSeconds;
  const next = place + 1 < chunksOf(truth, double) ? place + 1 : null;
  const url = `/api/2.0/sql/statements/${truth.handle}/result/chunks/${next}`;
  return {
    chunk_index: place,
    row_offset: place * size,
    row_count: Math.min(size, truth.rows.length - place * size),
    external_link: `https://${fileHost}/results/${truth.handle}/${place}?X-Amz-Expires=${ends}&X-Amz-Signature=d0ub1e`,
    expiration: new Date(ends * 1000).toISOString(),
    ...(next === null ? {} : { next_chunk_index: next, next_chunk_internal_link: url }),
  };
}
