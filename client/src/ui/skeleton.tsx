import { For } from 'solid-js';

/** Grey bars that appear when waiting takes longer than a moment. */
export function Skeleton(props: { rows?: number; class?: string }) {
  return (
    <div
      role="status"
      aria-label="Loading"
      class={`flex animate-[appear_150ms_200ms_backwards] flex-col gap-3 p-4 ${props.class ?? ''}`}
    >
      <For each={Array.from({ length: props.rows ?? 3 })}>
        {(_, index) => (
          <div class="h-3 animate-pulse rounded bg-sunken" style={{ width: `${[92, 74, 84, 61][index() % 4]}%` }} />
        )}
      </For>
    </div>
  );
}
