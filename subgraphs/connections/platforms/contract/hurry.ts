import type { Connector, Stream } from '../connector.ts';

/** What a page of a stream brought: its rows by the key that the stream declares. */
export interface RowsRead {
  stream: string;
  /** The account and window they are of. */
  slice: string;
  keys: string[];
}

/**
 * Makes what a person would wait for short, and notes which rows come in, until the returned function is called: other
 * tests of this process see the same connector.
 */
export function hurry({ live }: Connector, read: RowsRead[]): () => void {
  if (!live) return () => undefined;
  const { classify, limits, streams } = live;
  const before = { ...limits };
  const asBefore = streams.map((stream) => noting(stream, read));
  Object.assign(limits, { timeoutSeconds: 1.5, requestsPerSecond: undefined });
  live.classify = (answer) => {
    const failure = classify(answer) ?? (answer.status === 429 ? { class: 'rate_limit', message: 'Slow down.' } : null);
    return failure?.class === 'rate_limit' ? { ...failure, waitSeconds: 0.2 } : failure;
  };
  return () => {
    live.classify = classify;
    Object.assign(limits, { requestsPerSecond: undefined, ...before });
    for (const restore of asBefore) restore();
  };
}

function noting(stream: Stream, read: RowsRead[]): () => void {
  const { rows, report } = stream;
  const pollSeconds = report?.pollSeconds;
  if (report) report.pollSeconds = 0.02;
  stream.rows = (answer, slice, at) => {
    const found = rows(answer, slice, at);
    const keys = found.map((row) => JSON.stringify(stream.key.map((path) => valueAt(row, path))));
    read.push({ stream: stream.name, slice: `${slice.account.id} ${slice.since.toISOString()}`, keys });
    return found;
  };
  return () => {
    stream.rows = rows;
    if (report) Object.assign(report, { pollSeconds });
  };
}

/** The value at a dotted path; null when there is none. */
function valueAt(row: unknown, path: string): unknown {
  let value = row;
  for (const step of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[step];
  return value ?? null;
}
