import { useNavigate } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog, Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { toast } from '../../../ui/toast.tsx';
import { kinds } from './kinds.ts';
import { SecretShown } from './secret-shown.tsx';
import {
  DeleteWebhookEndpointDocument,
  type EndpointFieldsFragment,
  RotateWebhookSecretDocument,
} from './webhooks.generated.ts';

type Endpoint = EndpointFieldsFragment;

function RotateForm(props: { endpoint: Endpoint; onDone: (secret: string | null) => void; onClose: () => void }) {
  const [secret, setSecret] = createSignal('');
  const [hours, setHours] = createSignal('24');
  const theirs = () => kinds[props.endpoint.kind].secret === 'theirs';
  const action = createAction(async () => {
    const input = { endpointId: props.endpoint.id, secret: secret().trim() || null, overlapHours: Number(hours()) };
    props.onDone((await mutate(RotateWebhookSecretDocument, { input })).rotateWebhookSecret.secret);
  });
  return (
    <form
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run();
      }}
    >
      <Show when={theirs()}>
        <TextField
          label="New secret of the platform"
          type="password"
          autocomplete="off"
          required
          value={secret()}
          hint={kinds[props.endpoint.kind].steps}
          onInput={(event) => setSecret(event.currentTarget.value)}
        />
      </Show>
      <Show when={props.endpoint.secrets.length > 0}>
        <TextField
          label="Hours that the old secret still holds"
          type="number"
          min={0}
          max={168}
          required
          value={hours()}
          hint="So that nothing is refused until the sender uses the new one."
          onInput={(event) => setHours(event.currentTarget.value)}
        />
      </Show>
      <Show when={action.failure()}>
        <p role="alert" class="text-sm text-error">
          {action.failure()!.message}
        </p>
      </Show>
      <div class="flex justify-end gap-2">
        <Button onClick={() => props.onClose()}>Cancel</Button>
        <Button type="submit" look="primary" pending={action.pending()}>
          {theirs() ? 'Save secret' : 'Make a new secret'}
        </Button>
      </div>
    </form>
  );
}

function Rotate(props: { endpoint: Endpoint; open: boolean; onClose: () => void; onChange: () => void }) {
  const [secret, setSecret] = createSignal<string>();
  const close = (): void => {
    setSecret(undefined);
    props.onClose();
  };
  return (
    <Dialog open={props.open} title="Secret" onClose={close}>
      <Show
        when={secret()}
        fallback={
          <RotateForm
            endpoint={props.endpoint}
            onClose={close}
            onDone={(made) => {
              props.onChange();
              if (made) return setSecret(made);
              toast('Secret saved');
              close();
            }}
          />
        }
      >
        {(made) => <SecretShown endpoint={props.endpoint} secret={made()} />}
      </Show>
    </Dialog>
  );
}

/** Gives an endpoint a new secret, or removes it. */
export function EndpointActions(props: { endpoint: Endpoint; onChange: () => void }) {
  const navigate = useNavigate();
  const [open, setOpen] = createSignal<'rotate' | 'delete'>();
  const remove = createAction(async () => {
    await mutate(DeleteWebhookEndpointDocument, { id: props.endpoint.id });
    toast(`${props.endpoint.name} was deleted`);
    navigate('/connections/webhooks', { replace: true });
  });
  return (
    <>
      <Button onClick={() => setOpen('rotate')}>
        {props.endpoint.secrets.length === 0 ? 'Set secret' : 'Change secret'}
      </Button>
      <Button look="danger" onClick={() => setOpen('delete')}>
        Delete
      </Button>
      <Rotate
        endpoint={props.endpoint}
        open={open() === 'rotate'}
        onClose={() => setOpen(undefined)}
        onChange={props.onChange}
      />
      <ConfirmDialog
        open={open() === 'delete'}
        title={`Delete ${props.endpoint.name}`}
        confirm="Delete address"
        pending={remove.pending()}
        error={remove.failure()?.message}
        onConfirm={() => void remove.run()}
        onClose={() => setOpen(undefined)}
      >
        <p>Whoever sends to this address is refused from now on. What came in stays.</p>
      </ConfirmDialog>
    </>
  );
}
