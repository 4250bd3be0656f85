import { Show, createSignal } from 'solid-js';
import { createAction, createQuery, mutate } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { useQuery } from '../../../data/url.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FilterChips } from '../../../ui/filter-chips.tsx';
import { integer, plural } from '../../../ui/format.ts';
import { Pager } from '../../../ui/pager.tsx';
import { type Column, Table } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import { toast } from '../../../ui/toast.tsx';
import { StateBadge } from '../state-badge.tsx';
import { DeliveryDialog } from './delivery-dialog.tsx';
import { deliveryStates } from './kinds.ts';
import { followWebhooks } from './webhook-events.ts';
import {
  type DeliveryFieldsFragment,
  ReplayDeliveryDocument,
  ReplayFailedDeliveriesDocument,
  WebhookDeliveriesDocument,
  type WebhookDeliveryState,
} from './webhooks.generated.ts';

type Row = DeliveryFieldsFragment;

const states = Object.keys(deliveryStates) as WebhookDeliveryState[];

function Replay(props: { row: Row; onDone: () => void }) {
  const action = createAction(() => mutate(ReplayDeliveryDocument, { id: props.row.id }));
  const run = async (): Promise<void> => {
    if (await action.run()) props.onDone();
    else toast(action.failure()?.message ?? 'It could not be replayed.', 'error');
  };
  return (
    <Button
      size="sm"
      look="ghost"
      pending={action.pending()}
      aria-label={`Replay ${props.row.event} ${props.row.eventId}`}
      onClick={() => void run()}
    >
      Replay
    </Button>
  );
}

function columns(onOpen: (row: Row) => void, onDone: () => void): Column<Row>[] {
  return [
    {
      key: 'event',
      label: 'Event',
      value: (row) => row.event,
      cell: (row) => (
        <div class="py-1.5">
          <span class="block font-semibold">{row.event}</span>
          <code class="block max-w-60 truncate font-mono text-xs text-ink-2">{row.eventId}</code>
        </div>
      ),
    },
    { key: 'state', label: 'State', cell: (row) => <StateBadge of={deliveryStates[row.state]} /> },
    { key: 'at', label: 'Received', value: (row) => row.receivedAt, cell: (row) => <Time at={row.receivedAt} /> },
    { key: 'rows', label: 'Rows', numeric: true, cell: (row) => integer(row.rowsStored) },
    { key: 'refused', label: 'Refused', numeric: true, wideOnly: true, cell: (row) => integer(row.rowsRefused) },
    { key: 'attempts', label: 'Attempts', numeric: true, wideOnly: true, cell: (row) => integer(row.attempts) },
    {
      key: 'errors',
      label: 'Why',
      class: 'min-w-52',
      cell: (row) => (
        <span class="line-clamp-2 text-ink-2" title={row.errors.join('\n')}>
          {row.errors[0] ?? ''}
        </span>
      ),
    },
    ...(may('connections:write')
      ? [
          {
            key: 'actions',
            label: 'Actions',
            quiet: true,
            class: 'text-right whitespace-nowrap',
            cell: (row: Row) => (
              <>
                <Button size="sm" aria-label={`View ${row.event} ${row.eventId}`} onClick={() => onOpen(row)}>
                  View
                </Button>
                <Replay row={row} onDone={onDone} />
              </>
            ),
          },
        ]
      : []),
  ];
}

function ReplayFailed(props: { endpointId: string; onDone: () => void }) {
  const action = createAction(async () => {
    const { replayFailedDeliveries } = await mutate(ReplayFailedDeliveriesDocument, { endpointId: props.endpointId });
    toast(`${plural(replayFailedDeliveries.count, 'delivery', 'deliveries')} worked on again`);
    props.onDone();
  });
  const run = async (): Promise<void> => {
    if (!(await action.run())) toast(action.failure()?.message ?? 'Nothing was replayed.', 'error');
  };
  return (
    <Button size="sm" pending={action.pending()} onClick={() => void run()}>
      Replay all that failed
    </Button>
  );
}

/** What was delivered to an endpoint, live, and what became of it. */
export function DeliveriesCard(props: { endpointId: string }) {
  const url = useQuery();
  const [open, setOpen] = createSignal<Row>();
  const chosen = () => states.filter((state) => url.get('state')?.split('.').includes(state));
  const page = () => ({
    id: props.endpointId,
    first: 50,
    after: url.get('after') ?? null,
    states: chosen().length > 0 ? chosen() : null,
  });
  const query = createQuery(WebhookDeliveriesDocument, page);
  followWebhooks(
    () => query.refetch(),
    () => props.endpointId,
  );
  const rows = () => query.data()?.webhookEndpoint?.deliveries.edges.map((edge) => edge.node) ?? [];
  return (
    <Card
      title="Deliveries"
      hint="Newest first, kept 30 days"
      flush
      aside={
        <Show when={may('connections:write')}>
          <ReplayFailed endpointId={props.endpointId} onDone={() => query.refetch()} />
        </Show>
      }
    >
      <div class="px-4 pb-3">
        <FilterChips
          label="States"
          options={states.map((value) => ({ value, label: deliveryStates[value].label }))}
          chosen={chosen()}
          onChange={(next) => url.set({ state: next.join('.') || null, after: null })}
        />
      </div>
      <DataState
        of={query}
        isEmpty={() => rows().length === 0}
        empty={
          <EmptyState title={chosen().length > 0 ? 'No delivery is in this state' : 'Nothing was delivered yet'}>
            Deliveries appear here as they come.
          </EmptyState>
        }
      >
        {() => <Table label="Deliveries" columns={columns(setOpen, () => query.refetch())} rows={rows()} />}
      </DataState>
      <Pager
        after={url.get('after')}
        pageInfo={query.data()?.webhookEndpoint?.deliveries.pageInfo}
        onGo={(after) => url.set({ after }, true)}
      />
      <DeliveryDialog delivery={open()} page={page()} onClose={() => setOpen(undefined)} />
    </Card>
  );
}
