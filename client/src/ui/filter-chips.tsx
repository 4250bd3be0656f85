import { For } from 'solid-js';

/** Words that can be switched on and off, several at once; a count stands behind each that has one. */
export function FilterChips<Value extends string>(props: {
  label: string;
  options: readonly { value: Value; label: string; count?: number | undefined }[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
}) {
  const toggle = (value: Value): void => {
    const now = new Set(props.chosen);
    if (!now.delete(value)) now.add(value);
    props.onChange([...now]);
  };
  return (
    <div role="group" aria-label={props.label} class="flex flex-wrap gap-1">
      <For each={props.options}>
        {(option) => (
          <button
            type="button"
            aria-pressed={props.chosen.includes(option.value)}
            class="h-[30px] rounded-full border border-line px-3 text-xs font-semibold whitespace-nowrap text-ink-2 hover:bg-hover aria-pressed:border-accent/60 aria-pressed:bg-accent-soft aria-pressed:text-ink"
            onClick={() => toggle(option.value)}
          >
            {option.label}
            {option.count === undefined ? '' : ` ${option.count}`}
          </button>
        )}
      </For>
    </div>
  );
}
