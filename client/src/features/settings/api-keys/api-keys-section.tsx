import KeyRound from 'lucide-solid/icons/key-round';
import { Show, createSignal } from 'solid-js';
import { createAction, createQuery, mutate } from '../../../data/query.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { ConfirmDialog, Dialog } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { type Column, Table } from '../../../ui/table.tsx';
import { Time, now } from '../../../ui/time.tsx';
import { ApiKeysDocument, type ApiKeysQuery, RevokeApiKeyDocument } from '../settings.generated.ts';
import { CreateKeyForm } from './create-key-form.tsx';

type Key = ApiKeysQuery['apiKeys'][number];

function StateOf(props: { row: Key }) {
  const over = () => props.row.expiresAt !== null && Date.parse(props.row.expiresAt) < now();
  return (
    <Show when={!props.row.revokedAt} fallback={<Badge tone="neutral">Revoked</Badge>}>
      <Show when={!over()} fallback={<Badge tone="neutral">Expired</Badge>}>
        <Badge tone="ok">Active</Badge>
      </Show>
    </Show>
  );
}

function Revoke(props: { row: Key | undefined; onClose: () => void }) {
  const action = createAction(async () => {
    await mutate(RevokeApiKeyDocument, { id: props.row!.id });
    props.onClose();
  });
  return (
    <ConfirmDialog
      open={props.row !== undefined}
      title={`Revoke ${props.row?.name ?? ''}`}
      confirm="Revoke key"
      pending={action.pending()}
      error={action.failure()?.message}
      onConfirm={() => void action.run()}
      onClose={() => props.onClose()}
    >
      <p>Programs that use this key stop working at once. This cannot be undone.</p>
    </ConfirmDialog>
  );
}

function Secret(props: { text: string }) {
  return (
    <Banner tone="info" actions={<CopyButton text={props.text} label="Copy key" />}>
      <p>This is the whole key. It is shown only now and stored only as a hash.</p>
      <code class="font-mono text-xs break-all">{props.text}</code>
    </Banner>
  );
}

function columns(onRevoke: (row: Key) => void): Column<Key>[] {
  return [
    {
      key: 'name',
      label: 'Key',
      value: (row) => row.name,
      cell: (row) => (
        <span class="block py-1.5">
          <span class="block font-semibold">{row.name}</span>
          <code class="block font-mono text-xs text-ink-2">{row.prefix}</code>
        </span>
      ),
    },
    { key: 'state', label: 'State', cell: (row) => <StateOf row={row} /> },
    {
      key: 'scopes',
      label: 'May',
      wideOnly: true,
      cell: (row) => <span class="text-xs text-ink-2">{row.scopes.join(', ')}</span>,
    },
    { key: 'used', label: 'Last used', value: (row) => row.lastUsedAt, cell: (row) => <Time at={row.lastUsedAt} /> },
    {
      key: 'ends',
      label: 'Ends',
      value: (row) => row.expiresAt,
      cell: (row) => <Time at={row.expiresAt} style="short" />,
    },
    {
      key: 'actions',
      label: 'Actions',
      quiet: true,
      class: 'text-right',
      cell: (row) => (
        <Show when={!row.revokedAt}>
          <Button size="sm" look="ghost" aria-label={`Revoke ${row.name}`} onClick={() => onRevoke(row)}>
            Revoke
          </Button>
        </Show>
      ),
    },
  ];
}

/** Keys with which programs use the API. */
export function ApiKeysSection() {
  const query = createQuery(ApiKeysDocument, () => ({}));
  const [creating, setCreating] = createSignal(false);
  const [secret, setSecret] = createSignal<string>();
  const [leaving, setLeaving] = createSignal<Key>();
  return (
    <>
      <Show when={secret()}>{(secret) => <Secret text={secret()} />}</Show>
      <Card
        title="API keys"
        hint="For programs; send as Authorization: Bearer …"
        flush
        aside={
          <Button look="primary" onClick={() => setCreating(true)}>
            New key
          </Button>
        }
      >
        <DataState
          of={query}
          isEmpty={(data) => data.apiKeys.length === 0}
          empty={
            <EmptyState icon={<KeyRound size={20} />} title="No keys yet">
              A key lets a program do part of what you may do, until it ends or is revoked.
            </EmptyState>
          }
        >
          {(data) => <Table label="API keys" columns={columns(setLeaving)} rows={data().apiKeys} />}
        </DataState>
      </Card>
      <Dialog open={creating()} title="New API key" onClose={() => setCreating(false)}>
        <CreateKeyForm
          onCancel={() => setCreating(false)}
          onCreated={(text) => {
            setSecret(text);
            setCreating(false);
            query.refetch();
          }}
        />
      </Dialog>
      <Revoke
        row={leaving()}
        onClose={() => {
          setLeaving(undefined);
          query.refetch();
        }}
      />
    </>
  );
}
