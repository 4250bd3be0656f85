import { Show, createEffect, createSignal, onCleanup } from 'solid-js';
import { createAction, createQuery, mutate } from '../../../data/query.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { integer } from '../../../ui/format.ts';
import { type Column, Table } from '../../../ui/table.tsx';
import { toast } from '../../../ui/toast.tsx';
import {
  EncryptionKeysDocument,
  type KeyFieldsFragment,
  RemoveOldKeysDocument,
  RotateKeysDocument,
} from './platforms.generated.ts';

type Key = KeyFieldsFragment;

function State(props: { row: Key }) {
  return (
    <Show
      when={props.row.known}
      fallback={<Badge tone="error">{props.row.secrets > 0 ? 'Missing, still needed' : 'Missing'}</Badge>}
    >
      <Show when={!props.row.newest} fallback={<Badge tone="ok">In use</Badge>}>
        <Badge tone={props.row.secrets > 0 ? 'info' : 'neutral'}>
          {props.row.secrets > 0 ? 'Being replaced' : 'No longer needed'}
        </Badge>
      </Show>
    </Show>
  );
}

const columns: Column<Key>[] = [
  { key: 'id', label: 'Key', cell: (row) => <code class="font-mono text-xs">{row.id}</code> },
  { key: 'state', label: 'State', cell: (row) => <State row={row} /> },
  { key: 'secrets', label: 'Secrets under it', numeric: true, cell: (row) => integer(row.secrets) },
];

function Rotate(props: { open: boolean; onClose: () => void; onDone: () => void }) {
  const action = createAction(async () => {
    await mutate(RotateKeysDocument, {});
    toast('Secrets are being encrypted with the newest key');
    props.onDone();
  });
  return (
    <ConfirmDialog
      open={props.open}
      title="Change the encryption key"
      confirm="Change key"
      pending={action.pending()}
      error={action.failure()?.message}
      onConfirm={() => void action.run()}
      onClose={() => props.onClose()}
    >
      <p>
        Everything that is kept encrypted is encrypted anew in the background. Syncs go on meanwhile. Afterwards the old
        key can be removed and is then useless.
      </p>
    </ConfirmDialog>
  );
}

/** Keys that secrets are kept with: which is used, how far a change is, and what may go. */
export function KeysCard() {
  const query = createQuery(EncryptionKeysDocument, () => ({}));
  const [rotating, setRotating] = createSignal(false);
  const keys = () => query.data()?.encryptionKeys ?? [];
  const moving = () => keys().some(({ newest, known, secrets }) => !newest && known && secrets > 0);
  const removable = () => keys().some(({ newest, secrets }) => !newest && secrets === 0);
  const remove = createAction(async () => {
    await mutate(RemoveOldKeysDocument, {});
    query.refetch();
  });
  // While secrets move from key to key the counts change by themselves.
  createEffect(() => {
    if (!moving()) return;
    const timer = setInterval(() => query.refetch(), 2_000);
    onCleanup(() => clearInterval(timer));
  });
  return (
    <Card
      title="Encryption keys"
      hint="Credentials are kept with AES-256-GCM"
      flush
      aside={
        <div class="flex flex-wrap gap-2">
          <Show when={removable()}>
            <Button size="sm" pending={remove.pending()} onClick={() => void remove.run()}>
              Remove old keys
            </Button>
          </Show>
          <Button size="sm" onClick={() => setRotating(true)}>
            Change key
          </Button>
        </div>
      }
    >
      <DataState of={query}>{() => <Table label="Encryption keys" columns={columns} rows={keys()} />}</DataState>
      <Show when={remove.failure()}>
        {(failure) => (
          <p role="alert" class="px-4 py-2 text-sm text-error">
            {failure().message}
          </p>
        )}
      </Show>
      <Rotate
        open={rotating()}
        onClose={() => setRotating(false)}
        onDone={() => {
          setRotating(false);
          query.refetch();
        }}
      />
    </Card>
  );
}
