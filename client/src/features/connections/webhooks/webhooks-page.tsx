import { A } from '@solidjs/router';
import Plus from 'lucide-solid/icons/plus';
import Webhook from 'lucide-solid/icons/webhook';
import { Show, createSignal } from 'solid-js';
import { createQuery } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { integer } from '../../../ui/format.ts';
import { Page } from '../../../ui/page.tsx';
import { type Column, Table } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import { ConnectionsNav } from '../connections-nav.tsx';
import { CreateEndpoint } from './create-endpoint.tsx';
import { EndpointState } from './endpoint-state.tsx';
import { kinds } from './kinds.ts';
import { followWebhooks } from './webhook-events.ts';
import { type EndpointFieldsFragment, WebhookEndpointsDocument } from './webhooks.generated.ts';

type Row = EndpointFieldsFragment;

const columns: Column<Row>[] = [
  {
    key: 'name',
    label: 'Address',
    value: (row) => row.name,
    cell: (row) => (
      <div class="py-1.5">
        <A href={`/connections/webhooks/${row.id}`} class="font-semibold hover:text-accent hover:underline">
          {row.name}
        </A>
        <span class="flex items-center gap-1">
          <code class="block max-w-72 truncate font-mono text-xs text-ink-2">{row.url}</code>
          <CopyButton text={row.url} label={`Copy the address of ${row.name}`} />
        </span>
      </div>
    ),
  },
  { key: 'kind', label: 'Sender', value: (row) => kinds[row.kind].label, cell: (row) => kinds[row.kind].label },
  {
    key: 'connection',
    label: 'Connection',
    value: (row) => row.connection.name,
    cell: (row) => (
      <A href={`/connections/${row.connection.id}`} class="hover:text-accent hover:underline">
        {row.connection.name}
      </A>
    ),
  },
  { key: 'state', label: 'State', cell: (row) => <EndpointState endpoint={row} /> },
  {
    key: 'last',
    label: 'Last delivery',
    value: (row) => row.lastDeliveryAt,
    cell: (row) => <Time at={row.lastDeliveryAt} />,
  },
  {
    key: 'waiting',
    label: 'Waiting',
    numeric: true,
    value: (row) => row.waiting,
    cell: (row) => (row.waiting > 0 ? <Badge tone="info">{integer(row.waiting)}</Badge> : '0'),
  },
];

/** Addresses to which platforms and programs send by themselves. */
export function WebhooksPage() {
  const query = createQuery(WebhookEndpointsDocument, () => ({}));
  const [creating, setCreating] = createSignal(false);
  followWebhooks(({ endpoint }) =>
    query.patch((data) => {
      const row = data.webhookEndpoints.find(({ id }) => id === endpoint.id);
      if (row) Object.assign(row, endpoint);
    }),
  );
  const create = (look: 'primary' | 'secondary') => (
    <Show when={may('connections:write')}>
      <Button look={look} onClick={() => setCreating(true)}>
        <Plus size={15} aria-hidden="true" /> New address
      </Button>
    </Show>
  );
  return (
    <Page title="Webhooks" status="Data that is sent to us the moment something happens" actions={create('primary')}>
      <ConnectionsNav />
      <div class="card overflow-hidden">
        <DataState
          of={query}
          isEmpty={(data) => data.webhookEndpoints.length === 0}
          empty={
            <EmptyState icon={<Webhook size={20} />} title="No addresses yet" action={create('secondary')}>
              A platform sends orders, payments or contacts to an address of yours within a second; every delivery is
              checked for its signature and counted once.
            </EmptyState>
          }
        >
          {(data) => <Table label="Webhook addresses" columns={columns} rows={data().webhookEndpoints} />}
        </DataState>
      </div>
      <CreateEndpoint open={creating()} onClose={() => setCreating(false)} onCreated={() => query.refetch()} />
    </Page>
  );
}
