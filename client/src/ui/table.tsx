import { For, type JSX, Show, createMemo, createSignal } from 'solid-js';
import { type Sort, nextSort, sortRows } from './sort-rows.ts';

export interface Column<Row> {
  key: string;
  label: string;
  /** Keeps the label for screen readers only. */
  quiet?: boolean;
  /** Numbers stand at the right. */
  numeric?: boolean;
  /** Makes the column sortable. `null` sorts last. */
  value?: (row: Row) => string | number | null;
  cell: (row: Row) => JSX.Element;
  class?: string;
  /** Leave out where the screen is narrow. */
  wideOnly?: boolean;
}

/** Long names of columns, such as those that people gave, break into lines. */
function headClass<Row>({ quiet, label }: Column<Row>): string {
  if (quiet) return 'sr-only';
  return label.length > 24 ? 'inline-block w-36 py-1 whitespace-normal' : '';
}

function HeadCell<Row>(props: { column: Column<Row>; sort: Sort | undefined; onSort: () => void }) {
  const direction = () => (props.sort?.key === props.column.key ? props.sort.direction : undefined);
  const order = () => (direction() === 'up' ? 'ascending' : direction() === 'down' ? 'descending' : undefined);
  return (
    <th
      scope="col"
      aria-sort={order()}
      class={`h-8 px-3 text-xs font-semibold whitespace-nowrap text-ink-2 first:pl-4 last:pr-4 ${props.column.numeric ? 'text-right' : 'text-left'} ${props.column.wideOnly ? 'max-md:hidden' : ''}`}
    >
      <Show when={props.column.value} fallback={<span class={headClass(props.column)}>{props.column.label}</span>}>
        <button
          type="button"
          class={`inline-flex items-center gap-1 rounded-[4px] font-semibold hover:text-ink ${props.column.numeric ? 'flex-row-reverse' : ''}`}
          onClick={() => props.onSort()}
        >
          {props.column.label}
          <span aria-hidden="true" class={`text-[9px] ${direction() ? '' : 'opacity-0'}`}>
            {direction() === 'up' ? '▲' : '▼'}
          </span>
        </button>
      </Show>
    </th>
  );
}

function BodyRow<Row>(props: { row: Row; columns: Column<Row>[] }) {
  return (
    <tr class="border-b border-line-soft last:border-0 hover:bg-hover">
      <For each={props.columns}>
        {(column) => (
          <td
            class={`h-[38px] px-3 first:pl-4 last:pr-4 ${column.numeric ? 'text-right' : ''} ${column.wideOnly ? 'max-md:hidden' : ''} ${column.class ?? ''}`}
          >
            {column.cell(props.row)}
          </td>
        )}
      </For>
    </tr>
  );
}

/** A table that scrolls inside its own frame and sorts what it was given. */
export function Table<Row>(props: {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  initialSort?: Sort;
  maxHeight?: string;
}) {
  const [sort, setSort] = createSignal<Sort | undefined>(props.initialSort);
  const rows = createMemo(() => {
    const by = sort();
    const value = props.columns.find((column) => column.key === by?.key)?.value;
    return by && value ? sortRows(props.rows, value, by.direction) : props.rows;
  });
  return (
    <div
      class="relative overflow-x-auto"
      style={props.maxHeight ? { 'max-height': props.maxHeight, 'overflow-y': 'auto' } : {}}
      tabindex={0}
      role="group"
      aria-label={props.label}
    >
      <table class="w-full border-collapse text-sm">
        <caption class="sr-only">{props.label}</caption>
        <thead class="sticky top-0 z-[1] bg-panel shadow-[inset_0_-1px_0_var(--line)]">
          <tr>
            <For each={props.columns}>
              {(column) => (
                <HeadCell
                  column={column}
                  sort={sort()}
                  onSort={() => setSort((now) => nextSort(now, column.key, column.numeric ?? false))}
                />
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>{(row) => <BodyRow row={row} columns={props.columns} />}</For>
        </tbody>
      </table>
    </div>
  );
}
