import AppWindow from 'lucide-solid/icons/app-window';
import { Show, createSignal } from 'solid-js';
import { type Query, createAction, mutate } from '../../../data/query.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { ConfirmDialog, Dialog } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TextField } from '../../../ui/field.tsx';
import { type Column, Table } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import { toast } from '../../../ui/toast.tsx';
import { DeleteOAuthAppDocument, KeepOAuthAppDocument, type OAuthAppsQuery } from './platforms.generated.ts';
import { type AppRow, appRows } from './app-rows.ts';

function columns(onEdit: (row: AppRow) => void, onDelete: (row: AppRow) => void): Column<AppRow>[] {
  return [
    {
      key: 'name',
      label: 'Platform',
      value: (row) => row.name,
      cell: (row) => <strong class="font-semibold">{row.name}</strong>,
    },
    {
      key: 'state',
      label: 'State',
      value: (row) => (row.app ? 0 : row.ready ? 1 : 2),
      cell: (row) => (
        <Show
          when={row.app}
          fallback={row.ready ? <Badge tone="ok">Provided</Badge> : <Badge tone="neutral">Not registered</Badge>}
        >
          <Badge tone="ok">Registered</Badge>
        </Show>
      ),
    },
    {
      key: 'client',
      label: 'Client id',
      cell: (row) => <code class="block max-w-60 truncate font-mono text-xs">{row.app?.clientId ?? '–'}</code>,
    },
    { key: 'updated', label: 'Changed', wideOnly: true, cell: (row) => <Time at={row.app?.updatedAt} style="short" /> },
    {
      key: 'actions',
      label: 'Actions',
      quiet: true,
      class: 'text-right whitespace-nowrap',
      cell: (row) => (
        <>
          <Button size="sm" aria-label={`${row.app ? 'Change' : 'Register'} ${row.name}`} onClick={() => onEdit(row)}>
            {row.app ? 'Change' : 'Register'}
          </Button>
          <Show when={row.app}>
            <Button size="sm" look="ghost" aria-label={`Remove ${row.name}`} onClick={() => onDelete(row)}>
              Remove
            </Button>
          </Show>
        </>
      ),
    },
  ];
}

function Form(props: { row: AppRow; onDone: () => void; onCancel: () => void }) {
  const action = createAction(async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const text = (name: string): string => String(data.get(name) ?? '').trim();
    const input = { platform: props.row.id, clientId: text('clientId'), clientSecret: text('clientSecret') };
    await mutate(KeepOAuthAppDocument, { input });
    toast(`Application for ${props.row.name} saved`);
    props.onDone();
  });
  return (
    <form
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(event.currentTarget);
      }}
    >
      <Show when={props.row.redirectUrl}>
        {(url) => (
          <div class="text-sm">
            <p class="mb-1 text-ink-2">Give the platform this redirect address:</p>
            <div class="flex items-center gap-2 rounded-card bg-sunken px-3 py-1">
              <code class="min-w-0 flex-1 font-mono text-xs break-all">{url()}</code>
              <CopyButton text={url()} label="Copy redirect address" />
            </div>
          </div>
        )}
      </Show>
      <TextField label="Client id" name="clientId" required autocomplete="off" value={props.row.app?.clientId ?? ''} />
      <TextField
        label="Client secret"
        name="clientSecret"
        type="password"
        required
        autocomplete="new-password"
        hint="Kept encrypted and never shown again."
      />
      <Show when={action.failure()}>
        {(failure) => (
          <p role="alert" class="text-sm text-error">
            {failure().message}
          </p>
        )}
      </Show>
      <div class="flex justify-end gap-2">
        <Button onClick={() => props.onCancel()}>Cancel</Button>
        <Button type="submit" look="primary" pending={action.pending()}>
          Save application
        </Button>
      </div>
    </form>
  );
}

function Remove(props: { row: AppRow | undefined; onClose: () => void; onDone: () => void }) {
  const action = createAction(async () => {
    await mutate(DeleteOAuthAppDocument, { platform: props.row!.id });
    props.onDone();
  });
  return (
    <ConfirmDialog
      open={props.row !== undefined}
      title={`Remove the application of ${props.row?.name ?? ''}`}
      confirm="Remove application"
      pending={action.pending()}
      error={action.failure()?.message}
      onConfirm={() => void action.run()}
      onClose={() => props.onClose()}
    >
      <p>Connections that log in with it can no longer be renewed and stop when their access ends.</p>
    </ConfirmDialog>
  );
}

/** Applications that are registered with platforms, for logins. */
export function AppsCard(props: { query: Query<OAuthAppsQuery> }) {
  const [editing, setEditing] = createSignal<AppRow>();
  const [leaving, setLeaving] = createSignal<AppRow>();
  const done = (): void => {
    setEditing(undefined);
    setLeaving(undefined);
    props.query.refetch();
  };
  return (
    <Card title="OAuth applications" hint="What LiftOS is at a platform when somebody logs in there" flush>
      <DataState
        of={props.query}
        isEmpty={(data) => appRows(data).length === 0}
        empty={<EmptyState icon={<AppWindow size={20} />} title="No platform asks for a login" />}
      >
        {(data) => (
          <Table label="OAuth applications" columns={columns(setEditing, setLeaving)} rows={appRows(data())} />
        )}
      </DataState>
      <Dialog
        open={editing() !== undefined}
        title={`Application for ${editing()?.name ?? ''}`}
        onClose={() => setEditing(undefined)}
      >
        <Show when={editing()} keyed>
          {(row) => <Form row={row} onDone={done} onCancel={() => setEditing(undefined)} />}
        </Show>
      </Dialog>
      <Remove row={leaving()} onClose={() => setLeaving(undefined)} onDone={done} />
    </Card>
  );
}
