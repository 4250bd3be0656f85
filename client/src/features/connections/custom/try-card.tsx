import { For, Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { TryConnectorDocument } from './custom.generated.ts';
import type { ManifestCheck } from './live-check.ts';
import { type Tried, TryResult } from './try-result.tsx';

type Summary = NonNullable<ManifestCheck['summary']>;
type Field = Summary['settings'][number];

interface Given {
  name: string;
  value: string;
}

function Inputs(props: { group: string; fields: Field[] }) {
  return (
    <For each={props.fields}>
      {(field) => (
        <TextField
          label={field.optional ? `${field.label} (optional)` : field.label}
          name={`${props.group}.${field.name}`}
          type={field.secret ? 'password' : 'text'}
          autocomplete="off"
          required={!field.optional}
          placeholder={field.placeholder ?? ''}
          hint={field.hint ?? undefined}
        />
      )}
    </For>
  );
}

/** The values of one group of fields as they stand in the form; empty ones are left out. */
function valuesOf(form: FormData, group: string): Given[] {
  return [...form.entries()].flatMap(([key, value]) =>
    key.startsWith(`${group}.`) && value !== '' ? [{ name: key.slice(group.length + 1), value: String(value) }] : [],
  );
}

const token: Field = {
  name: 'access_token',
  label: 'Access token',
  hint: null,
  placeholder: null,
  secret: true,
  optional: false,
};

function Form(props: { summary: Summary; pending: boolean; onTry: (form: FormData) => void }) {
  const [method, setMethod] = createSignal<string>();
  const auth = () => props.summary.auth.find(({ id }) => id === method()) ?? props.summary.auth[0];
  const secrets = (): Field[] => (auth()?.kind === 'oauth2' ? [token] : (auth()?.fields ?? []));
  return (
    <form
      class="grid grid-cols-1 gap-3 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        props.onTry(new FormData(event.currentTarget));
      }}
    >
      <SelectField label="Stream" name="stream">
        <For each={props.summary.streams}>{(stream) => <option value={stream.name}>{stream.title}</option>}</For>
      </SelectField>
      <Show when={props.summary.auth.length > 1}>
        <SelectField label="Way in" name="method" onChange={(event) => setMethod(event.currentTarget.value)}>
          <For each={props.summary.auth}>{(item) => <option value={item.id}>{item.title}</option>}</For>
        </SelectField>
      </Show>
      <Inputs group="setting" fields={props.summary.settings} />
      <Inputs group="secret" fields={secrets()} />
      <TextField label="Account (optional)" name="account" placeholder="The first one" autocomplete="off" />
      <TextField label="First day (optional)" name="from" type="date" />
      <TextField label="Last day (optional)" name="to" type="date" />
      <div class="flex items-end">
        <Button type="submit" look="primary" pending={props.pending}>
          Read a page
        </Button>
      </div>
    </form>
  );
}

/** Reads the first page of a stream and shows every step; nothing is stored and the key is used once. */
export function TryCard(props: { text: string; summary: Summary | null | undefined }) {
  const [result, setResult] = createSignal<Tried>();
  const action = createAction(async (form: FormData) => {
    const text = (name: string): string | null => String(form.get(name) ?? '').trim() || null;
    const { tryConnector } = await mutate(TryConnectorDocument, {
      input: {
        text: props.text,
        stream: text('stream'),
        method: text('method'),
        settings: valuesOf(form, 'setting'),
        secrets: valuesOf(form, 'secret'),
        accountId: text('account'),
        from: text('from'),
        to: text('to'),
      },
    });
    setResult(tryConnector);
  });
  return (
    <Card title="Try it" hint="Reads one page. Nothing is stored, and what you type here is used once.">
      <Show
        when={props.summary}
        fallback={<p class="text-sm text-ink-2">It can be tried once the text has no mistakes.</p>}
      >
        {(summary) => (
          <div class="flex flex-col gap-4">
            <Form summary={summary()} pending={action.pending()} onTry={(form) => void action.run(form)} />
            <Show when={action.failure()}>
              <Banner tone="error">{action.failure()!.message}</Banner>
            </Show>
            <Show when={result()}>{(tried) => <TryResult tried={tried()} />}</Show>
          </div>
        )}
      </Show>
    </Card>
  );
}
