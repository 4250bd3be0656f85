import { For, Show } from 'solid-js';
import { TextField } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import type { AccessFieldFieldsFragment } from './access.generated.ts';

/** Inputs for what a platform asks for, named `group.field`. Secrets are hidden and never filled in by the browser. */
export function FieldInputs(props: {
  group: string;
  fields: AccessFieldFieldsFragment[];
  values?: Record<string, string>;
  problems?: Record<string, string> | undefined;
}) {
  return (
    <For each={props.fields}>
      {(field) => {
        const shared = () => ({
          label: field.optional ? `${field.label} (optional)` : field.label,
          name: `${props.group}.${field.name}`,
          autocomplete: field.secret ? 'new-password' : 'off',
          spellcheck: false,
          required: !field.optional,
          placeholder: field.placeholder ?? '',
          value: props.values?.[field.name] ?? '',
          error: props.problems?.[field.name],
          hint: field.hint ?? undefined,
        });
        return (
          <Show when={field.multiline} fallback={<TextField {...shared()} type={field.secret ? 'password' : 'text'} />}>
            <TextArea {...shared()} class="sm:col-span-2" />
          </Show>
        );
      }}
    </For>
  );
}
