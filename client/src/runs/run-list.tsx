import type { TypedDocumentNode } from '@urql/core';
import { type JSX, Show, createSignal } from 'solid-js';
import { activity, knownSequence } from '../data/activity.ts';
import { createFeed } from '../data/feed.ts';
import { type Query, createQuery } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { DataState } from '../ui/data-state.tsx';
import type { RunProgress } from '../ui/run-badge.tsx';
import { type Column, Table } from '../ui/table.tsx';

interface Page<Row> {
  edges: { node: Row }[];
  pageInfo: { hasNextPage: boolean };
}

interface Options<Data, Event, Row> {
  list: TypedDocumentNode<Data, { first: number }>;
  changes: TypedDocumentNode<Event, { after?: number | null }>;
  pageOf: (data: Data) => Page<Row>;
  /** Progress of a run is shown as it comes; anything else that changes is read again. */
  changeOf: (event: Event) => { sequence: number; run?: RunProgress & { id: string } };
}

interface Followed<Row> {
  query: Query<object>;
  page(): Page<Row> | undefined;
  /** Shows older ones too. */
  more(): void;
}

/** A list, newest first, that follows what changes while it is shown. */
export function createRunList<Data extends object, Event, Row extends { id: string }>(
  options: Options<Data, Event, Row>,
): Followed<Row> {
  const [first, setFirst] = createSignal(20);
  const query = createQuery(options.list, () => ({ first: first() }));
  const find = (data: Data | undefined, id: string): Row | undefined =>
    data && options.pageOf(data).edges.find(({ node }) => node.id === id)?.node;
  createFeed({
    document: options.changes,
    variables: () => (activity.ready() ? {} : null),
    after: knownSequence,
    sequenceOf: (event) => options.changeOf(event).sequence,
    onEvent: (event) => {
      const { run } = options.changeOf(event);
      if (run?.state !== 'RUNNING' || !find(query.data(), run.id)) return query.refetch();
      const { state, progress } = run;
      query.patch((data) => void Object.assign(find(data, run.id) ?? {}, { state, progress }));
    },
  });
  return {
    query,
    page: () => {
      const data = query.data();
      return data && options.pageOf(data);
    },
    more: () => setFirst((count) => Math.min(count + 40, 200)),
  };
}

/** The card of such a list. */
export function RunList<Row extends { id: string }>(props: {
  of: Followed<Row>;
  label: string;
  columns: Column<Row>[];
  /** What stands there while there is nothing. */
  empty: JSX.Element;
}) {
  const rows = () => props.of.page()?.edges.map(({ node }) => node) ?? [];
  return (
    <Card flush>
      <DataState of={props.of.query} isEmpty={() => rows().length === 0} empty={props.empty}>
        {() => (
          <>
            <Table label={props.label} columns={props.columns} rows={rows()} />
            <Show when={props.of.page()?.pageInfo.hasNextPage}>
              <div class="border-t border-line-soft px-4 py-2">
                <Button size="sm" onClick={() => props.of.more()}>
                  Show older
                </Button>
              </div>
            </Show>
          </>
        )}
      </DataState>
    </Card>
  );
}
