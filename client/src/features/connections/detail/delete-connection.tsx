import { useNavigate } from '@solidjs/router';
import Trash from 'lucide-solid/icons/trash';
import { createSignal } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { integer } from '../../../ui/format.ts';
import { toast } from '../../../ui/toast.tsx';
import { type ConnectionFieldsFragment, DeleteConnectionDocument } from '../connections.generated.ts';

/** Deletes a connection with its data, after its name was typed. */
export function DeleteConnection(props: { connection: ConnectionFieldsFragment }) {
  const navigate = useNavigate();
  const [open, setOpen] = createSignal(false);
  const [typed, setTyped] = createSignal('');
  const action = createAction(async () => {
    const { name, id } = props.connection;
    await mutate(DeleteConnectionDocument, { id });
    toast(`${name} was deleted`);
    navigate('/connections', { replace: true });
  });
  const coverage = () => props.connection.coverage;
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        <Trash size={15} aria-hidden="true" /> Delete
      </Button>
      <ConfirmDialog
        open={open()}
        title={`Delete ${props.connection.name}`}
        confirm="Delete connection and data"
        pending={action.pending()}
        disabled={typed().trim() !== props.connection.name}
        error={action.failure()?.message}
        onConfirm={() => void action.run()}
        onClose={() => setOpen(false)}
      >
        <p>This deletes, and cannot be undone:</p>
        <ul class="list-disc pl-5">
          <li>{integer(coverage()?.records ?? 0)} records of daily figures</li>
          <li>{integer(coverage()?.items ?? 0)} orders, contacts and other items</li>
          <li>{integer(coverage()?.journeys ?? 0)} customer journeys</li>
          <li>the schedule and the history of syncs</li>
        </ul>
        <p class="text-ink-2">Stored attribution runs stay, but can no longer be reproduced.</p>
        <TextField
          label={`Type “${props.connection.name}” to confirm`}
          autocomplete="off"
          value={typed()}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </>
  );
}
