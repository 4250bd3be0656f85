import { For, Show } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { viewer } from '../../../data/session.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Checkbox, SelectField, TextField } from '../../../ui/field.tsx';
import { CreateApiKeyDocument } from '../settings.generated.ts';

/** Names a key and what it may do: never more than its creator. */
export function CreateKeyForm(props: { onCreated: (secret: string) => void; onCancel: () => void }) {
  const action = createAction(async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    const input = {
      name: String(fields.get('name')).trim(),
      scopes: fields.getAll('scope').map(String),
      expiresInDays: Number(fields.get('days')),
    };
    props.onCreated((await mutate(CreateApiKeyDocument, { input })).createApiKey.secret);
  });
  return (
    <form
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(event.currentTarget);
      }}
    >
      <Show when={action.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <div class="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TextField label="Name" name="name" required maxlength={100} hint="Which program uses it" autofocus />
        <SelectField label="Ends after" name="days">
          <For each={[7, 30, 90, 180, 365]}>
            {(days) => (
              <option value={days} selected={days === 90}>
                {days} days
              </option>
            )}
          </For>
        </SelectField>
      </div>
      <fieldset>
        <legend class="mb-1 text-xs font-semibold text-ink-2">May</legend>
        <div class="grid grid-cols-1 gap-x-4 gap-y-1 sm:grid-cols-2">
          <For each={viewer()?.scopes ?? []}>
            {(scope) => (
              <Checkbox
                name="scope"
                value={scope}
                checked={scope === 'data:read'}
                label={<code class="font-mono text-xs">{scope}</code>}
              />
            )}
          </For>
        </div>
      </fieldset>
      <div class="flex gap-2">
        <Button type="submit" look="primary" pending={action.pending()}>
          Create key
        </Button>
        <Button look="ghost" onClick={() => props.onCancel()}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
