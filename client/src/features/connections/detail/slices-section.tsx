import { For, Show, createMemo, createSignal } from 'solid-js';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Countdown } from '../../../ui/countdown.tsx';
import { FilterChips } from '../../../ui/filter-chips.tsx';
import { integer, percent, plural, words } from '../../../ui/format.ts';
import { type Column, Table } from '../../../ui/table.tsx';
import { days } from '../../../ui/time.tsx';
import type { SliceFieldsFragment } from '../connections.generated.ts';
import { explainFailure } from '../failures.ts';
import { StateBadge } from '../state-badge.tsx';
import { syncStates } from '../states.ts';

type Slice = SliceFieldsFragment;

const pageSize = 100;

function What(props: { slice: Slice }) {
  return (
    <div class="min-w-40 py-1.5">
      <span class="block font-semibold whitespace-nowrap">{words(props.slice.stream)}</span>
      <Show when={props.slice.accountId}>
        <span class="block text-xs text-ink-2">{props.slice.accountName || props.slice.accountId}</span>
      </Show>
      <Show when={props.slice.from}>
        <span class="block text-xs whitespace-nowrap text-ink-2">{days(props.slice.from, props.slice.to)}</span>
      </Show>
      <Show when={props.slice.isBackfill}>
        <span class="block text-xs text-ink-2" title="Waits until fresh days are read">
          Past days, low priority
        </span>
      </Show>
    </div>
  );
}

function State(props: { slice: Slice }) {
  const part = () =>
    props.slice.state === 'RUNNING' && props.slice.fraction > 0 && props.slice.fraction < 1
      ? percent(props.slice.fraction, 0)
      : '';
  return (
    <div class="py-1.5">
      <span class="flex items-center gap-1.5">
        <StateBadge of={syncStates[props.slice.state]} />
        <Show when={props.slice.source === 'MOCK'}>
          <Badge tone="warn" shape={false} title="Generated in place of what could not be read">
            Mock
          </Badge>
        </Show>
        <span class="tabular text-xs text-ink-2">{part()}</span>
      </span>
      <Show when={props.slice.waitsUntil}>
        {(until) => (
          <span class="mt-0.5 block max-w-64 text-xs text-ink-2">
            {props.slice.waitsFor ?? 'It waits for the platform.'} Goes on in <Countdown to={until()} />
          </span>
        )}
      </Show>
    </div>
  );
}

function Why(props: { slice: Slice }) {
  return (
    <div class="py-1.5">
      <Show when={props.slice.failure}>
        {(name) => (
          <span class="block font-semibold" title={explainFailure(name()).todo}>
            {explainFailure(name()).label}
          </span>
        )}
      </Show>
      <Show when={props.slice.reason}>
        <span class="line-clamp-3 text-ink-2" title={props.slice.reason ?? ''}>
          {props.slice.reason}
        </span>
      </Show>
    </div>
  );
}

const columns: Column<Slice>[] = [
  { key: 'stream', label: 'Part', value: (row) => row.stream, cell: (row) => <What slice={row} /> },
  { key: 'state', label: 'State', value: (row) => row.state, cell: (row) => <State slice={row} /> },
  {
    key: 'accepted',
    label: 'Accepted',
    numeric: true,
    value: (row) => row.rowsAccepted,
    cell: (row) => integer(row.rowsAccepted),
  },
  {
    key: 'rejected',
    label: 'Refused',
    numeric: true,
    value: (row) => row.rowsRejected,
    cell: (row) => integer(row.rowsRejected),
  },
  { key: 'reason', label: 'Why', cell: (row) => <Why slice={row} />, class: 'min-w-56' },
  {
    key: 'pages',
    label: 'Pages',
    numeric: true,
    wideOnly: true,
    value: (row) => row.pages,
    cell: (row) => integer(row.pages),
  },
  {
    key: 'attempts',
    label: 'Attempts',
    numeric: true,
    wideOnly: true,
    value: (row) => row.attempts,
    cell: (row) => integer(row.attempts),
  },
];

const filters = {
  failed: { label: 'Failed', holds: (slice: Slice) => slice.state === 'FAILED' },
  partial: { label: 'Partial', holds: (slice: Slice) => slice.state === 'PARTIAL' },
  waiting: { label: 'Waiting', holds: (slice: Slice) => slice.waitsUntil !== null },
  running: { label: 'Running', holds: (slice: Slice) => slice.state === 'RUNNING' },
  past: { label: 'Past days', holds: (slice: Slice) => slice.isBackfill },
};
type Filter = keyof typeof filters;

/** What one looks for comes first: what failed, then what waits or runs. */
function urgency(slice: Slice): number {
  const index = (Object.keys(filters) as Filter[]).findIndex((name) => name !== 'past' && filters[name].holds(slice));
  return index < 0 ? 9 : index;
}

/** The parts of a sync; what failed or waits can be singled out. */
export function SlicesSection(props: { slices: Slice[] }) {
  const [chosen, setChosen] = createSignal<Filter[]>([]);
  const [shown, setShown] = createSignal(pageSize);
  const options = createMemo(() =>
    (Object.keys(filters) as Filter[])
      .map((value) => ({ value, label: filters[value].label, count: props.slices.filter(filters[value].holds).length }))
      .filter(({ value, count }) => count > 0 || chosen().includes(value)),
  );
  const rows = createMemo(() =>
    props.slices
      .filter((slice) => chosen().length === 0 || chosen().some((name) => filters[name].holds(slice)))
      .toSorted((a, b) => urgency(a) - urgency(b)),
  );
  return (
    <details class="border-t border-line-soft" open={props.slices.some((slice) => slice.state === 'FAILED')}>
      <summary class="px-4 py-2.5 text-sm font-semibold">Parts ({integer(props.slices.length)})</summary>
      <Show when={options().length > 0}>
        <div class="px-4 pb-2">
          <FilterChips label="Parts to show" options={options()} chosen={chosen()} onChange={setChosen} />
        </div>
      </Show>
      <Table label="Parts of the sync" columns={columns} rows={rows().slice(0, shown())} maxHeight="420px" />
      <Show when={rows().length > shown()}>
        <div class="border-t border-line-soft px-4 py-2">
          <Button size="sm" onClick={() => setShown((count) => count + pageSize)}>
            Show more of {plural(rows().length, 'part')}
          </Button>
        </div>
      </Show>
    </details>
  );
}

/** The failures of a sync by class, each with what it means and what can be done. */
export function FailureNotes(props: { slices: Slice[]; onRepair: () => void; onRetry: () => void; mayAct: boolean }) {
  const classes = createMemo(() => {
    const counts = new Map<string, number>();
    for (const { failure, state } of props.slices) {
      if (failure && state === 'FAILED') counts.set(failure, (counts.get(failure) ?? 0) + 1);
    }
    return [...counts].map(([name, count]) => ({ ...explainFailure(name), count }));
  });
  return (
    <Show when={classes().length > 0}>
      <ul class="mt-3 flex flex-col gap-2">
        <For each={classes()}>
          {(item) => (
            <li class="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-card bg-sunken px-3 py-2 text-sm">
              <span class="min-w-0 flex-1 basis-60">
                <strong class="font-semibold">{item.label}</strong>{' '}
                <span class="text-ink-2">
                  ({plural(item.count, 'part')}). {item.todo}
                </span>
              </span>
              <Show when={props.mayAct && item.action === 'repair'}>
                <Button size="sm" onClick={() => props.onRepair()}>
                  Repair access
                </Button>
              </Show>
              <Show when={props.mayAct && item.action === 'retry'}>
                <Button size="sm" onClick={() => props.onRetry()}>
                  Sync again
                </Button>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
