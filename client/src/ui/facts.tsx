import { For, type JSX } from 'solid-js';

/** Names and values in two columns. */
export function Facts(props: { items: [name: string, value: JSX.Element][] }) {
  return (
    <dl class="grid grid-cols-[fit-content(42%)_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5 text-sm">
      <For each={props.items}>
        {([name, value]) => (
          <>
            <dt class="text-ink-2">{name}</dt>
            <dd class="tabular min-w-0 break-words">{value}</dd>
          </>
        )}
      </For>
    </dl>
  );
}
