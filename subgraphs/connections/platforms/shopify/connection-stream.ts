import type { z } from 'zod';
import type { Answer, Mapped, Slice, Stream } from '../connector.ts';
import { defineStream } from '../connector.ts';

interface Options<Row> {
  /** The field of the query, e.g. `orders`. */
  field: string;
  title: string;
  delivers: Stream['delivers'];
  scopes: readonly string[];
  row: z.ZodType<Row>;
  /** What is asked of each node. */
  fields: string;
  pageSize: number;
  map(row: Row, slice: Slice): Mapped | null;
}

interface Connection {
  edges: { node: unknown }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/**
 * What changed in a window, in the order of change. Read in pages and not by a bulk operation: of those a shop runs one
 * at a time, also for other apps of its owner, each takes minutes, and they cut nested lists without a word. What lies
 * beyond the 25,000 objects of paging cuts the window in two.
 */
export function connectionStream<Row>(options: Options<Row>): Stream {
  const { field, title, delivers, scopes, row, fields, pageSize, map } = options;
  const query = `query ($first: Int!, $after: String, $search: String) {
    ${field}(first: $first, after: $after, query: $search, sortKey: UPDATED_AT) {
      edges { node { ${fields} } }
      pageInfo { hasNextPage endCursor }
    }
  }`;
  const connection = ({ body }: Answer): Connection | undefined =>
    (body as { data?: Record<string, Connection | undefined> | null }).data?.[field];
  return defineStream<Row>({
    name: field,
    title,
    delivers,
    basis: 'booked',
    scopes,
    key: ['id'],
    row,
    cursor: { by: 'update', overlapSeconds: 600, windowDays: 30, historyDays: 1120 },
    pageSize,
    request: (slice, at) => ({
      method: 'POST',
      url: '/graphql.json',
      body: {
        query,
        variables: { first: slice.pageSize, after: at, search: search(slice) },
      },
    }),
    rows: (answer) => connection(answer)?.edges.map(({ node }) => node) ?? [],
    next: (answer) => {
      const page = connection(answer)?.pageInfo;
      return page?.hasNextPage ? page.endCursor : null;
    },
    map,
  });
}

/** Also what was made in the window and changed after it, so that old days can be read again on their own. */
function search({ since, until }: Slice): string {
  const within = (name: string): string => `(${name}:>='${since.toISOString()}' AND ${name}:<'${until.toISOString()}')`;
  return `${within('updated_at')} OR ${within('created_at')}`;
}
