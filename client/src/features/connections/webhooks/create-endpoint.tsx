import { For, Show, createSignal } from 'solid-js';
import { createAction, createQuery, mutate } from '../../../data/query.ts';
import { viewer } from '../../../data/session.ts';
import { timeZone } from '../../../data/url.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { kindNames, kinds } from './kinds.ts';
import { SecretShown } from './secret-shown.tsx';
import {
  CreateWebhookEndpointDocument,
  type CreateWebhookEndpointMutation,
  type WebhookKind,
  WebhookTargetsDocument,
} from './webhooks.generated.ts';

type Created = CreateWebhookEndpointMutation['createWebhookEndpoint'];

function Target(props: { kind: WebhookKind; error: string | undefined; onChange: (id: string) => void }) {
  const query = createQuery(WebhookTargetsDocument, () => ({}));
  const wanted = () => kinds[props.kind].platform;
  const found = () =>
    (query.data()?.connections.edges ?? [])
      .map((edge) => edge.node)
      .filter(({ platform }) => platform.id === (wanted() ?? 'webhook'));
  return (
    <SelectField
      label="Connection"
      error={props.error}
      hint={
        wanted() && query.data() && found().length === 0
          ? `Connect ${kinds[props.kind].label} first: what comes in belongs to a connection.`
          : 'What comes in belongs to this connection.'
      }
      onChange={(event) => props.onChange(event.currentTarget.value)}
    >
      <option value="">{wanted() ? 'Choose…' : 'A new one'}</option>
      <For each={found()}>{({ id, name }) => <option value={id}>{name}</option>}</For>
    </SelectField>
  );
}

/** What is asked for a new address, and how it is made of it. */
function createDraft(onCreated: (created: Created) => void) {
  const [kind, setKind] = createSignal<WebhookKind>('CUSTOM');
  const [name, setName] = createSignal('');
  const [secret, setSecret] = createSignal('');
  const [connectionId, setConnectionId] = createSignal('');
  const action = createAction(async () => {
    const input = {
      kind: kind(),
      name: name().trim() || kinds[kind()].label,
      connectionId: connectionId() || null,
      secret: secret().trim() || null,
      currency: viewer()?.organization.currency ?? 'EUR',
      timeZone: timeZone(),
    };
    onCreated((await mutate(CreateWebhookEndpointDocument, { input })).createWebhookEndpoint);
  });
  const error = (field: string) => (action.failure()?.field?.endsWith(field) ? action.failure()!.message : undefined);
  return { kind, setKind, name, setName, secret, setSecret, setConnectionId, action, error };
}

function Form(props: { onCreated: (created: Created) => void; onCancel: () => void }) {
  const draft = createDraft((created) => props.onCreated(created));
  return (
    <form
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void draft.action.run();
      }}
    >
      <SelectField label="Who sends" onChange={(event) => draft.setKind(event.currentTarget.value as WebhookKind)}>
        <For each={kindNames}>
          {(value) => (
            <option value={value} selected={value === draft.kind()}>
              {kinds[value].label}
            </option>
          )}
        </For>
      </SelectField>
      <TextField
        label="Name"
        maxlength={120}
        placeholder={kinds[draft.kind()].label}
        value={draft.name()}
        error={draft.error('name')}
        onInput={(event) => draft.setName(event.currentTarget.value)}
      />
      <Target kind={draft.kind()} error={draft.error('connectionId')} onChange={draft.setConnectionId} />
      <Show when={kinds[draft.kind()].secret === 'theirs'}>
        <TextField
          label="Signing secret of the platform (optional)"
          type="password"
          autocomplete="off"
          value={draft.secret()}
          error={draft.error('secret')}
          hint="Leave it empty when the platform shows it only once it knows the address; set it afterwards."
          onInput={(event) => draft.setSecret(event.currentTarget.value)}
        />
      </Show>
      <Show when={draft.action.failure() && !draft.action.failure()!.field}>
        <p role="alert" class="text-sm text-error">
          {draft.action.failure()!.message}
        </p>
      </Show>
      <div class="flex justify-end gap-2">
        <Button onClick={() => props.onCancel()}>Cancel</Button>
        <Button type="submit" look="primary" pending={draft.action.pending()}>
          Create address
        </Button>
      </div>
    </form>
  );
}

/** Makes an address to which a platform or a program sends, and shows its secret once. */
export function CreateEndpoint(props: { open: boolean; onClose: () => void; onCreated: () => void }) {
  const [created, setCreated] = createSignal<Created>();
  const close = (): void => {
    setCreated(undefined);
    props.onClose();
  };
  return (
    <Dialog open={props.open} title={created() ? 'Address created' : 'New webhook address'} onClose={close}>
      <Show
        when={created()}
        fallback={
          <Form
            onCancel={close}
            onCreated={(result) => {
              setCreated(result);
              props.onCreated();
            }}
          />
        }
      >
        {(result) => (
          <div class="flex flex-col gap-4">
            <SecretShown endpoint={result().endpoint} secret={result().secret} />
            <div class="flex justify-end">
              <Button look="primary" onClick={close}>
                Done
              </Button>
            </div>
          </div>
        )}
      </Show>
    </Dialog>
  );
}
