import type { IngestBatch, IngestResult, MemoryPort, RecordColumns, Withdrawal } from '@liftos/core/ports/memory.ts';

interface Stored {
  /** Columns of a row by its key. */
  rows: Map<string, Record<string, unknown>>;
  /** Account and sync that brought a row last, by its key. */
  brought: Map<string, string>;
  batches: Set<string>;
  repeated: number;
  forgotten: number;
  calls: number;
  waiting: (() => void)[];
  holdFrom: number;
  failNext: 'before' | 'after' | null;
}

export interface FakeMemory extends MemoryPort {
  /** Rows of a stream of a connection. */
  rows(connectionId: string, stream: string): number;
  sum(connectionId: string, column: string): number;
  snapshot(connectionId: string): unknown[];
  /** Columns of each row of a stream of a connection. */
  list(connectionId: string, stream: string): Record<string, unknown>[];
  /** Batches that came again and changed nothing. */
  repeated(connectionId: string): number;
  forgotten(connectionId: string): number;
  /** Forgets the rows of all connections. */
  clear(): void;
  /** Batches that wait for `release`. */
  waiting(connectionId: string): number;
  /** Lets no batch through until the returned function is called. */
  hold(connectionId: string): () => void;
  /** Lets that many batches through and holds the next ones. */
  holdAfter(connectionId: string, batches: number): void;
  release(connectionId: string): void;
  /** The next batch fails before it is stored. */
  failOnce(connectionId: string): void;
  /** The next batch is stored and then fails, as when a process dies before it hears the answer. */
  failAfterStoring(connectionId: string): void;
}

/** A memory that keeps its promises and can be told to stumble. */
export function fakeMemory(): FakeMemory {
  const all = new Map<string, Stored>();
  const of = (id: string): Stored => {
    const stored = all.get(id) ?? emptyStore();
    all.set(id, stored);
    return stored;
  };
  const release = (id: string): void => {
    const stored = of(id);
    stored.holdFrom = Infinity;
    for (const go of stored.waiting.splice(0)) go();
  };
  const unsupported = (): never => {
    throw new Error('Only writing is faked.');
  };
  return {
    async ingest(_, batch) {
      const stored = of(batch.connectionId);
      stored.calls += 1;
      if (stored.calls > stored.holdFrom) await new Promise<void>((go) => stored.waiting.push(go));
      const fail = stored.failNext;
      stored.failNext = null;
      if (fail === 'before') throw new Error('Memory stumbled.');
      const result = store(stored, batch);
      if (fail === 'after') throw new Error('The answer got lost.');
      return result;
    },
    records: unsupported,
    items: unsupported,
    journeys: unsupported,
    totals: unsupported,
    surfacing: unsupported,
    relevant: unsupported,
    calendar: unsupported,
    withdraw: (_, withdrawal) => Promise.resolve(withdraw(of(withdrawal.connectionId), withdrawal)),
    async forgetConnection(_, id) {
      const stored = of(id);
      stored.rows.clear();
      stored.forgotten += 1;
    },
    forgetBefore: (_, id, day) => Promise.resolve(forgetBefore(of(id), day)),
    rows: (id, stream) => [...of(id).rows.keys()].filter((key) => key.startsWith(`${stream}|`)).length,
    sum: (id, column) => [...of(id).rows.values()].reduce((sum, row) => sum + Number(row[column]), 0),
    snapshot: (id) => [...of(id).rows].toSorted(([a], [b]) => a.localeCompare(b)),
    list: (id, stream) => [...of(id).rows].filter(([key]) => key.startsWith(`${stream}|`)).map(([, row]) => row),
    repeated: (id) => of(id).repeated,
    forgotten: (id) => of(id).forgotten,
    clear: () => all.clear(),
    waiting: (id) => of(id).waiting.length,
    hold: (id) => {
      of(id).holdFrom = 0;
      return () => release(id);
    },
    holdAfter: (id, batches) => void (of(id).holdFrom = batches),
    release,
    failOnce: (id) => void (of(id).failNext = 'before'),
    failAfterStoring: (id) => void (of(id).failNext = 'after'),
  };
}

function forgetBefore({ rows }: Stored, day: string): number {
  const old = [...rows].filter(([, { date }]) => typeof date === 'string' && date < day);
  for (const [key] of old) rows.delete(key);
  return old.length;
}

function withdraw({ rows, brought }: Stored, { stream, account, from, to, syncRunId }: Withdrawal): number {
  const gone = [...rows].filter(([key, { date }]) => {
    const by = brought.get(key);
    const isOf = key.startsWith(`${stream}|`) && String(date) >= from && String(date) <= to;
    return isOf && by?.startsWith(`${account}|`) && by !== `${account}|${syncRunId}`;
  });
  for (const [key] of gone) rows.delete(key);
  return gone.length;
}

function emptyStore(): Stored {
  return {
    rows: new Map(),
    brought: new Map(),
    batches: new Set(),
    repeated: 0,
    forgotten: 0,
    calls: 0,
    waiting: [],
    holdFrom: Infinity,
    failNext: null,
  };
}

/** A memory of tests does not look at figures. */
export const unjudged = { quality: null, flaws: {}, insights: [] };

function store(stored: Stored, batch: IngestBatch): IngestResult {
  if (stored.batches.has(batch.batchId)) {
    stored.repeated += 1;
    return { inserted: 0, updated: 0, ...unjudged, repeated: true };
  }
  stored.batches.add(batch.batchId);
  const before = stored.rows.size;
  const rows = rowsOf(batch);
  for (const [key, row] of rows) {
    stored.rows.set(`${batch.stream}|${key}`, row);
    if (batch.kind === 'records') stored.brought.set(`${batch.stream}|${key}`, `${batch.account}|${batch.syncRunId}`);
  }
  const inserted = stored.rows.size - before;
  return { inserted, updated: rows.length - inserted, ...unjudged, repeated: false };
}

function namesOf({ channel, campaign, adGroup, ad }: RecordColumns, i: number): string {
  return [channel[i], campaign[i], adGroup[i], ad[i]].join('|');
}

function rowsOf(batch: IngestBatch): [string, Record<string, unknown>][] {
  if (batch.kind === 'records') {
    const { columns } = batch;
    return columns.date.map((date, i) => [
      [date, columns.entity?.[i] ?? namesOf(columns, i), columns.region?.[i] ?? []].flat().join('|'),
      {
        date,
        name: namesOf(columns, i),
        ...(columns.region ? { region: columns.region[i] } : {}),
        currency: columns.currency[i],
        spend: columns.spend[i],
        impressions: columns.impressions[i],
        clicks: columns.clicks[i],
        conversions: columns.conversions[i],
        revenue: columns.revenue[i],
      },
    ]);
  }
  if (batch.kind === 'items') {
    const { columns } = batch;
    return columns.key.map((key, i) => [
      key,
      {
        date: columns.date[i],
        kind: columns.kind[i],
        name: columns.channel[i],
        currency: columns.currency[i],
        spend: columns.deleted[i] ? 0n : columns.spend[i],
        impressions: columns.impressions[i],
        clicks: columns.clicks[i],
        conversions: columns.deleted[i] ? 0 : columns.conversions[i],
        revenue: columns.deleted[i] ? 0n : columns.revenue[i],
      },
    ]);
  }
  const { columns } = batch;
  // A stream may bring an item and its journey under one key.
  return columns.key.map((key, i) => [
    `journey/${key}`,
    { conversions: columns.conversions[i], nulls: columns.nulls[i], value: columns.value[i] },
  ]);
}
