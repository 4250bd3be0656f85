import { For, createUniqueId } from 'solid-js';

/** A choice between a few words, as a group of radio buttons in one bar. */
export function Segmented<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) {
  const name = createUniqueId();
  return (
    <div
      role="radiogroup"
      aria-label={props.label}
      class="flex min-h-[34px] w-fit max-w-full flex-wrap items-stretch rounded-control border border-line bg-sunken p-0.5"
    >
      <For each={props.options}>
        {(option) => (
          <label class="flex min-h-7 cursor-pointer items-center rounded-[4px] px-2.5 text-xs whitespace-nowrap font-semibold text-ink-2 transition-colors hover:text-ink has-checked:bg-panel dark:has-checked:bg-line has-checked:text-ink has-checked:shadow-card has-checked:ring-1 has-checked:ring-line has-focus-visible:outline-2 has-focus-visible:outline-accent">
            <input
              type="radio"
              class="sr-only"
              name={name}
              value={option.value}
              checked={props.value === option.value}
              onChange={() => props.onChange(option.value)}
            />
            {option.label}
          </label>
        )}
      </For>
    </div>
  );
}
