import Download from 'lucide-solid/icons/download';
import { type JSX, Show, createSignal } from 'solid-js';
import { Button } from './button.tsx';
import { Card } from './card.tsx';
import { toCsv } from './csv.ts';
import { saveFile } from './save-file.ts';
import { Segmented } from './segmented.tsx';
import { type Column, Table } from './table.tsx';

/** A column of the table and of the file under a chart. */
export interface FigureField<Row> {
  key: string;
  label: string;
  read: (row: Row) => string | number | null;
  show?: (value: number | null) => string;
}

/** Short names stay in one line, sentences get room. */
function Words(props: { text: string }) {
  return (
    <span class={props.text.length > 32 ? 'block max-w-96 min-w-56 py-1.5' : 'whitespace-nowrap'}>{props.text}</span>
  );
}

function columnOf<Row>({ key, label, read, show }: FigureField<Row>): Column<Row> {
  if (!show) return { key, label, value: read, cell: (row) => <Words text={String(read(row) ?? '')} /> };
  const cell = (row: Row): string => show(read(row) as number | null);
  return { key, label, numeric: true, value: read, cell, class: 'tabular' };
}

/** A chart with the table of the same figures and their file. Without a chart, the table alone. */
export function FigureCard<Row>(props: {
  title: string;
  hint?: string;
  /** Of the file, without its ending. */
  file: string;
  rows: Row[];
  fields: FigureField<Row>[];
  children?: JSX.Element;
  below?: JSX.Element;
}) {
  const [table, setTable] = createSignal(false);
  const save = (): void => {
    const rows = props.rows.map((row) => props.fields.map(({ read }) => read(row)));
    const header = props.fields.map(({ key }) => key);
    saveFile(`${props.file}.csv`, 'text/csv;charset=utf-8', toCsv(header, rows));
  };
  const shown = () => table() || !props.children;
  return (
    <Card
      title={props.title}
      hint={props.hint}
      flush
      aside={
        <div class="flex items-center gap-2">
          <Show when={props.children}>
            <Segmented
              label={`Show ${props.title.toLowerCase()} as`}
              value={table() ? 'table' : 'chart'}
              options={[
                { value: 'chart', label: 'Chart' },
                { value: 'table', label: 'Table' },
              ]}
              onChange={(value) => setTable(value === 'table')}
            />
          </Show>
          <Button size="icon" aria-label={`Save ${props.title.toLowerCase()} as CSV`} onClick={save}>
            <Download size={15} aria-hidden="true" />
          </Button>
        </div>
      }
    >
      <Show when={shown()} fallback={<div class="px-4 pb-4">{props.children}</div>}>
        <Table label={props.title} columns={props.fields.map(columnOf)} rows={props.rows} maxHeight="420px" />
      </Show>
      {props.below}
    </Card>
  );
}
