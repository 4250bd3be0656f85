import { Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { toast } from '../../../ui/toast.tsx';
import { SetOAuthAppDocument } from './access.generated.ts';

function Redirect(props: { platform: string; url: string | null }) {
  return (
    <Show when={props.url}>
      {(url) => (
        <div class="text-sm">
          <p class="mb-1 text-ink-2">
            Register an application in the developer settings of {props.platform} with this redirect address:
          </p>
          <div class="flex items-center gap-2 rounded-card bg-sunken px-3 py-1">
            <code class="min-w-0 flex-1 font-mono text-xs break-all">{url()}</code>
            <CopyButton text={url()} label="Copy redirect address" />
          </div>
        </div>
      )}
    </Show>
  );
}

/** A failure that no field is to blame for. */
function Whole(props: { failure: { field?: string; message: string } | undefined }) {
  return (
    <Show when={props.failure && !props.failure.field}>
      <p role="alert" class="text-sm text-error">
        {props.failure!.message}
      </p>
    </Show>
  );
}

/** What is typed about an application, and how it is kept. */
function createApp(props: { platform: { id: string; name: string }; clientId?: string; onDone: () => void }) {
  const [clientId, setClientId] = createSignal(props.clientId ?? '');
  const [clientSecret, setSecret] = createSignal('');
  const action = createAction(async () => {
    const input = { platform: props.platform.id, clientId: clientId().trim(), clientSecret: clientSecret().trim() };
    await mutate(SetOAuthAppDocument, { input });
    toast(`Application for ${props.platform.name} saved`);
    props.onDone();
  });
  const error = (field: string) => (action.failure()?.field?.endsWith(field) ? action.failure()!.message : undefined);
  return { clientId, setClientId, clientSecret, setSecret, action, error };
}

/** Asks for the id and secret of the application that was registered with a platform. No form, so that it may stand in one. */
export function OAuthAppForm(props: {
  platform: { id: string; name: string };
  redirectUrl: string | null;
  clientId?: string;
  onDone: () => void;
  onCancel?: () => void;
}) {
  const { clientId, setClientId, clientSecret, setSecret, action, error } = createApp(props);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void action.run();
  };
  return (
    <div
      class="flex flex-col gap-3"
      role="group"
      aria-label={`Application for ${props.platform.name}`}
      onKeyDown={onKey}
    >
      <Redirect platform={props.platform.name} url={props.redirectUrl} />
      <div class="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <TextField
          label="Client id"
          autocomplete="off"
          spellcheck={false}
          value={clientId()}
          error={error('clientId')}
          onInput={(event) => setClientId(event.currentTarget.value)}
        />
        <TextField
          label="Client secret"
          type="password"
          autocomplete="new-password"
          value={clientSecret()}
          error={error('clientSecret')}
          hint="Kept encrypted and never shown again."
          onInput={(event) => setSecret(event.currentTarget.value)}
        />
      </div>
      <Whole failure={action.failure()} />
      <div class="flex gap-2">
        <Button
          look="primary"
          pending={action.pending()}
          disabled={!clientId().trim() || !clientSecret().trim()}
          onClick={() => void action.run()}
        >
          Save application
        </Button>
        <Show when={props.onCancel}>
          <Button look="ghost" onClick={() => props.onCancel?.()}>
            Cancel
          </Button>
        </Show>
      </div>
    </div>
  );
}
