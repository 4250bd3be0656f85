import { defineStream, type Json } from '../connector.ts';
import { factOf, totalsOf, warehouseRow, type WarehouseRow } from '../warehouse/rows.pure.ts';
import { factsStatement, totalsStatement } from '../warehouse/statement.pure.ts';
import { databricksDialect, placeAfter, readStatement, requestFor, rowsOf, submit, type Place } from './statements.ts';

const placeOf = (at: Json | null): Place | null => at as unknown as Place | null;

export const daily = defineStream<WarehouseRow>({
  name: 'daily',
  title: 'Rows of the tables by day',
  delivers: ['facts'],
  basis: 'booked',
  key: ['date', 'channel', 'campaign', 'adGroup', 'ad', 'region', 'currency'],
  row: warehouseRow,
  cursor: { by: 'day', lookbackDays: 30, windowDays: 90, historyDays: 1825 },
  // Databricks cuts results into files as it likes.
  pageSize: 0,
  report: {
    create: (slice) => submit(factsStatement(slice, databricksDialect), slice.settings, { wait: false }),
    id: (answer) => readStatement(answer).statement_id,
    poll: (_, id) => requestFor(id, null),
    state(answer) {
      const { state } = readStatement(answer).status;
      if (state === 'SUCCEEDED') return { state: 'done' };
      if (state === 'PENDING' || state === 'RUNNING') return { state: 'waiting' };
      const message = `Databricks: the statement ended as ${state}.`;
      return { state: 'failed', failure: { class: 'transient', message } };
    },
    // A warehouse that sleeps takes minutes to wake up.
    pollSeconds: 5,
    giveUpMinutes: 15,
  },
  request: (_, at, id) => requestFor(id, placeOf(at)),
  rows: (answer, _, at) => rowsOf(answer, placeOf(at)),
  next: (answer, _, at) => placeAfter(answer, placeOf(at)) as unknown as Json,
  map: (row, slice) => ({ facts: [factOf(row, slice)] }),
  totals: {
    request: (slice) => submit(totalsStatement(slice, databricksDialect), slice.settings, { wait: true }),
    // Sums that take longer than an answer may are not compared.
    read: (answer) =>
      readStatement(answer).status.state === 'SUCCEEDED' ? totalsOf(rowsOf(answer, null)[0] ?? {}) : {},
  },
});
