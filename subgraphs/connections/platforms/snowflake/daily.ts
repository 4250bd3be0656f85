import { defineStream } from '../connector.ts';
import { factOf, totalsOf, warehouseRow, type WarehouseRow } from '../warehouse/rows.pure.ts';
import { factsStatement, totalsStatement } from '../warehouse/statement.pure.ts';
import { placeOf, rowsOf, snowflakeDialect, submit } from './sql-api.ts';

export const daily = defineStream<WarehouseRow>({
  name: 'daily',
  title: 'Rows of the tables by day',
  delivers: ['facts'],
  basis: 'booked',
  key: ['date', 'channel', 'campaign', 'adGroup', 'ad', 'region', 'currency'],
  row: warehouseRow,
  cursor: { by: 'day', lookbackDays: 30, windowDays: 90, historyDays: 1825 },
  // Snowflake cuts results into parts as it likes.
  pageSize: 0,
  report: {
    create: (slice) => submit(factsStatement(slice, snowflakeDialect), slice.settings, { wait: false }),
    id: ({ body }) => (body as { statementHandle: string }).statementHandle,
    poll: (_, handle) => ({ url: `/statements/${String(handle)}` }),
    // Statements that fail answer with a status of their own.
    state: ({ status }) => ({ state: status === 202 ? 'waiting' : 'done' }),
    pollSeconds: 3,
    giveUpMinutes: 15,
  },
  request: (_, at, handle) => ({
    url: `/statements/${String(handle)}`,
    query: { partition: at === null ? 0 : (at as { partition: number }).partition },
  }),
  rows: (answer, _, at) => rowsOf(answer, at),
  next(answer, _, at) {
    const place = placeOf(answer, at);
    const partition = place.partition + 1;
    return partition < place.partitions ? { ...place, partition } : null;
  },
  map: (row, slice) => ({ facts: [factOf(row, slice)] }),
  totals: {
    request: (slice) => submit(totalsStatement(slice, snowflakeDialect), slice.settings, { wait: true }),
    // Sums that take longer than an answer may are not compared.
    read: (answer) => (answer.status === 202 ? {} : totalsOf(rowsOf(answer, null)[0] ?? {})),
  },
});
