import { A } from '@solidjs/router';
import FileCode from 'lucide-solid/icons/file-code';
import Plus from 'lucide-solid/icons/plus';
import { Show } from 'solid-js';
import { createQuery } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { Badge } from '../../../ui/badge.tsx';
import { LinkButton } from '../../../ui/button.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { plural } from '../../../ui/format.ts';
import { Page } from '../../../ui/page.tsx';
import { type Column, Table } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import { ConnectionsNav } from '../connections-nav.tsx';
import { CustomConnectorsDocument, type CustomConnectorsQuery } from './custom.generated.ts';

type Row = CustomConnectorsQuery['customConnectors'][number];

function State(props: { row: Row }) {
  const { row } = props;
  return (
    <span class="flex flex-wrap gap-1.5">
      <Show when={row.publishedVersion !== null} fallback={<Badge tone="neutral">Draft</Badge>}>
        <Badge tone="ok">Published</Badge>
      </Show>
      <Show when={row.publishedVersion !== null && row.publishedVersion !== row.version}>
        <Badge tone="info">Newer draft</Badge>
      </Show>
      <Show when={row.errors.length > 0}>
        <Badge tone="error">{plural(row.errors.length, 'mistake')}</Badge>
      </Show>
    </span>
  );
}

const columns: Column<Row>[] = [
  {
    key: 'name',
    label: 'Connector',
    value: (row) => row.name,
    cell: (row) => (
      <A href={`/connections/custom/${row.id}`} class="font-semibold hover:text-accent hover:underline">
        {row.name}
      </A>
    ),
  },
  { key: 'state', label: 'State', cell: (row) => <State row={row} /> },
  { key: 'version', label: 'Version', numeric: true, value: (row) => row.version, cell: (row) => row.version },
  {
    key: 'used',
    label: 'Used by',
    value: (row) => row.usedBy.length,
    cell: (row) => <span class="text-ink-2">{plural(row.usedBy.length, 'connection')}</span>,
  },
  { key: 'updated', label: 'Changed', value: (row) => row.updatedAt, cell: (row) => <Time at={row.updatedAt} /> },
  {
    key: 'actions',
    label: 'Actions',
    quiet: true,
    class: 'text-right',
    cell: (row) => (
      <Show when={row.publishedVersion !== null && may('connections:write')}>
        <LinkButton size="sm" href={`/connections/new/${row.platformId}`} title={`Connect ${row.name}`}>
          Connect
        </LinkButton>
      </Show>
    ),
  },
];

/** Connectors that the organisation declares itself. */
export function CustomPage() {
  const query = createQuery(CustomConnectorsDocument, () => ({}));
  const create = (look: 'primary' | 'secondary') => (
    <Show when={may('connections:write')}>
      <LinkButton look={look} href="/connections/custom/new">
        <Plus size={15} aria-hidden="true" /> New connector
      </LinkButton>
    </Show>
  );
  return (
    <Page title="Custom connectors" status="Platforms you declare yourself, without code" actions={create('primary')}>
      <ConnectionsNav />
      <div class="card overflow-hidden">
        <DataState
          of={query}
          isEmpty={(data) => data.customConnectors.length === 0}
          empty={
            <EmptyState
              icon={<FileCode size={20} />}
              title="No connectors of your own yet"
              action={create('secondary')}
            >
              Write down in YAML how an API is read: addresses, paging, fields. It then works like the built-in ones,
              with the same care for limits, gaps and doubles.
            </EmptyState>
          }
        >
          {(data) => <Table label="Custom connectors" columns={columns} rows={data().customConnectors} />}
        </DataState>
      </div>
    </Page>
  );
}
