import { For } from 'solid-js';

/** A row of tabs that scrolls when it is too long. Arrow keys move between them. What they show stands below. */
export function Tabs(props: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  let list!: HTMLDivElement;
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = props.options.findIndex((option) => option.value === props.value);
    const next = (index + step + props.options.length) % props.options.length;
    props.onChange(props.options[next]!.value);
    (list.children[next] as HTMLElement).focus();
  };
  return (
    <div
      ref={(found) => (list = found)}
      role="tablist"
      aria-label={props.label}
      class="flex max-w-full gap-0.5 overflow-x-auto p-0.5"
      onKeyDown={move}
    >
      <For each={props.options}>
        {(option) => (
          <button
            type="button"
            role="tab"
            aria-selected={option.value === props.value}
            tabindex={option.value === props.value ? 0 : -1}
            class="h-[30px] rounded-control px-2.5 text-sm whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink aria-selected:bg-accent-soft aria-selected:font-semibold aria-selected:text-accent"
            onClick={() => props.onChange(option.value)}
          >
            {option.label}
          </button>
        )}
      </For>
    </div>
  );
}
