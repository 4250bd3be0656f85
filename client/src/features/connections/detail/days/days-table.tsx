import { For, Show, createMemo, createSignal } from 'solid-js';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { toCsv } from '../../../../ui/csv.ts';
import { plural } from '../../../../ui/format.ts';
import { saveFile } from '../../../../ui/save-file.ts';
import { type Column, Table } from '../../../../ui/table.tsx';
import { date } from '../../../../ui/time.tsx';
import { type AccountDay, dayStates } from './group-days.ts';

const columns: Column<AccountDay>[] = [
  { key: 'day', label: 'Day', value: (row) => row.day, cell: (row) => date(row.day), class: 'whitespace-nowrap' },
  {
    key: 'account',
    label: 'Account',
    value: (row) => row.accountName,
    cell: (row) => row.accountName || row.accountId || 'All data',
  },
  {
    key: 'state',
    label: 'State',
    value: (row) => row.state,
    cell: (row) => <Badge tone={dayStates[row.state].tone}>{dayStates[row.state].label}</Badge>,
  },
  {
    key: 'final',
    label: 'Final',
    value: (row) => (row.isFinal ? 1 : 0),
    cell: (row) => <span class="text-ink-2">{row.isFinal ? 'Yes' : 'May change'}</span>,
  },
  {
    key: 'reasons',
    label: 'Why',
    class: 'min-w-52 py-1.5 text-ink-2',
    cell: (row) => <For each={row.reasons}>{(reason) => <span class="block">{reason}</span>}</For>,
  },
];

/** The table behind the calendar: what is not whole first, all of it as a file. */
export function DaysTable(props: { days: AccountDay[]; name: string }) {
  const [count, setCount] = createSignal(100);
  const rows = createMemo(() =>
    props.days.toSorted(
      (a, b) =>
        Number(a.state === 'COMPLETE') - Number(b.state === 'COMPLETE') ||
        b.day.localeCompare(a.day) ||
        a.accountName.localeCompare(b.accountName),
    ),
  );
  const save = (): void =>
    saveFile(
      `${props.name} completeness.csv`,
      'text/csv',
      toCsv(
        ['day', 'account_id', 'account', 'state', 'final', 'reasons'],
        rows().map((row) => [
          row.day,
          row.accountId,
          row.accountName,
          row.state,
          String(row.isFinal),
          row.reasons.join('; '),
        ]),
      ),
    );
  return (
    <>
      <Table label="Days by account" columns={columns} rows={rows().slice(0, count())} maxHeight="420px" />
      <div class="flex flex-wrap gap-2 border-t border-line-soft px-4 py-2">
        <Show when={rows().length > count()}>
          <Button size="sm" onClick={() => setCount((now) => now + 400)}>
            Show more of {plural(rows().length, 'row')}
          </Button>
        </Show>
        <Button size="sm" onClick={save}>
          Save all as CSV
        </Button>
      </div>
    </>
  );
}
