import { For, Show, createMemo, createSignal } from 'solid-js';
import { Checkbox, TextField } from '../../ui/field.tsx';

const shownAtOnce = 60;

/** Chooses some of many names; those that are chosen stand first. */
export function UnitPicker(props: {
  label: string;
  hint?: string;
  names: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const [search, setSearch] = createSignal('');
  const found = createMemo(() => {
    const wanted = search().trim().toLowerCase();
    const rest = props.names.filter((name) => !props.chosen.includes(name) && name.toLowerCase().includes(wanted));
    return [...props.chosen, ...rest];
  });
  const toggle = (name: string, on: boolean): void =>
    props.onChange(on ? [...props.chosen, name] : props.chosen.filter((own) => own !== name));
  return (
    <fieldset class="flex min-w-0 flex-col gap-1.5">
      <legend class="text-xs font-semibold text-ink-2">{props.label}</legend>
      <Show when={props.names.length > 12}>
        <TextField
          label={`Search among ${props.label.toLowerCase()}`}
          quiet
          type="search"
          placeholder="Search"
          value={search()}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </Show>
      <div class="flex max-h-44 flex-wrap content-start gap-x-4 gap-y-1 overflow-y-auto rounded-control border border-line-soft p-2">
        <For
          each={found().slice(0, shownAtOnce + props.chosen.length)}
          fallback={<p class="text-sm text-ink-2">None</p>}
        >
          {(name) => (
            <Checkbox
              label={name}
              checked={props.chosen.includes(name)}
              onChange={(event) => toggle(name, event.currentTarget.checked)}
            />
          )}
        </For>
      </div>
      <p class="text-xs text-ink-2">
        {props.chosen.length} of {props.names.length} chosen
        <Show when={found().length > shownAtOnce + props.chosen.length}>; search to see the others</Show>
        <Show when={props.hint}>. {props.hint}</Show>
      </p>
    </fieldset>
  );
}
