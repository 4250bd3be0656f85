import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { MockBadge } from '../../ui/mock-badge.tsx';
import type { Column } from '../../ui/table.tsx';
import { days } from '../../ui/time.tsx';

interface Listed {
  readonly id: string;
  readonly conclusion: string | null;
  readonly inputs: {
    readonly firstDate: string;
    readonly lastDate: string;
    readonly sourceKinds: readonly string[];
  } | null;
}

/** What a run of a list is about, over which days, with a link to it. */
export function nameColumn<Row extends Listed>(
  label: string,
  nameOf: (row: Row) => string,
  addressOf: (row: Row) => string,
): Column<Row> {
  return {
    key: 'name',
    label,
    class: 'md:min-w-64',
    value: nameOf,
    cell: (row) => (
      <span class="flex flex-col gap-0.5 py-1.5">
        <A href={addressOf(row)} class="font-semibold text-accent hover:underline">
          {nameOf(row)}
        </A>
        <Show when={row.inputs}>
          {(inputs) => (
            <span class="flex flex-wrap items-center gap-x-2 text-xs text-ink-2">
              <MockBadge when={inputs().sourceKinds.includes('mock')} />
              {days(inputs().firstDate, inputs().lastDate)}
            </span>
          )}
        </Show>
      </span>
    ),
  };
}

/** The sentence a run of a list came to. */
export function conclusionColumn<Row extends Listed>(): Column<Row> {
  return {
    key: 'conclusion',
    label: 'Conclusion',
    wideOnly: true,
    class: 'min-w-72',
    cell: (row) => (
      <span class="line-clamp-2 text-xs" title={row.conclusion ?? ''}>
        {row.conclusion ?? ''}
      </span>
    ),
  };
}
