import { For } from 'solid-js';
import { Card } from '../../../ui/card.tsx';
import { Table } from '../../../ui/table.tsx';
import { type TruthTable, layOutTruth } from './known-truth.ts';

function Truth(props: { table: TruthTable }) {
  return (
    <section>
      <h3 class="px-4 pb-1 text-xs font-semibold text-ink-2">{props.table.title}</h3>
      <Table
        label={props.table.title}
        columns={props.table.columns.map((column, index) => ({
          ...column,
          key: String(index),
          class: 'whitespace-nowrap',
          cell: (row: string[]) => row[index] ?? '–',
        }))}
        rows={props.table.rows}
        maxHeight="300px"
      />
    </section>
  );
}

/** What the generator really did, so that answers can be checked against it. */
export function KnownTruthCard(props: { truth: unknown }) {
  return (
    <Card title="Known truth" hint="The effects the generator really used; a good model finds them again" flush>
      <div class="flex flex-col gap-4 pb-3">
        <For each={layOutTruth(props.truth)}>{(table) => <Truth table={table} />}</For>
      </div>
    </Card>
  );
}
