import { For, type JSX } from 'solid-js';

/** A list to choose one of, e.g. which run is shown beside it. */
export function ChoiceList<Row extends { id: string }>(props: {
  label: string;
  rows: readonly Row[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
  children: (row: Row) => JSX.Element;
}) {
  return (
    <ul class="max-h-[min(70dvh,32rem)] overflow-y-auto" tabindex={0} aria-label={props.label}>
      <For each={props.rows}>
        {(row) => (
          <li class="border-t border-line-soft">
            <button
              type="button"
              class="flex w-full items-center gap-3 px-4 py-2 text-left text-sm hover:bg-hover aria-pressed:bg-accent-soft"
              aria-pressed={row.id === props.chosen}
              onClick={() => props.onChoose(row.id)}
            >
              {props.children(row)}
            </button>
          </li>
        )}
      </For>
    </ul>
  );
}
