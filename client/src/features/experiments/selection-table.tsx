import { Show } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { toCsv } from '../../ui/csv.ts';
import { figureColumn } from '../../ui/figure-column.ts';
import { decimal, duration, integer, percent } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { type Column, Table } from '../../ui/table.tsx';
import type { MarketSelectionFieldsFragment } from './experiments.generated.ts';

type Row = MarketSelectionFieldsFragment['designs'][number];

const figures: Column<Row>[] = [
  figureColumn('rank', 'Rank', (row) => row.rank, integer),
  {
    key: 'markets',
    label: 'Markets',
    value: (row) => row.markets.join(', '),
    cell: (row) => <span title={row.warnings.join(' ')}>{row.markets.join(', ')}</span>,
    class: 'font-semibold min-w-40',
  },
  figureColumn('days', 'Days', (row) => row.duration, integer),
  figureColumn(
    'detectable',
    'Finds',
    (row) => row.detectable ?? null,
    (value) => (value === null ? 'none tried' : percent(value, 0)),
  ),
  figureColumn(
    'wolf',
    'False positives',
    (row) => row.falsePositiveRate,
    (value) => percent(value, 0),
  ),
  figureColumn(
    'fit',
    'Misfit',
    (row) => row.scaledL2,
    (value) => decimal(value),
    { wideOnly: true },
  ),
  figureColumn(
    'share',
    'Share',
    (row) => row.share,
    (value) => percent(value),
    { wideOnly: true },
  ),
  figureColumn(
    'investment',
    'Cost',
    (row) => row.investment ?? null,
    (value) => decimal(value, 0),
    { wideOnly: true },
  ),
];

function columnsOf(pending: boolean, onChoose: (row: Row) => void): Column<Row>[] {
  return [
    {
      key: 'choose',
      label: 'Choose',
      quiet: true,
      cell: (row) => (
        <Button
          size="sm"
          disabled={pending}
          aria-label={`Choose ${row.markets.join(', ')} for ${row.duration} days`}
          onClick={() => onChoose(row)}
        >
          Choose
        </Button>
      ),
    },
    ...figures,
  ];
}

function save(rows: Row[]): void {
  const header = ['rank', 'markets', 'days', 'detectable', 'false_positive_rate', 'scaled_l2', 'share', 'investment'];
  const text = toCsv(
    header,
    rows.map((row) => [
      row.rank,
      row.markets.join(' + '),
      row.duration,
      row.detectable,
      row.falsePositiveRate,
      row.scaledL2,
      row.share,
      row.investment,
    ]),
  );
  saveFile('market-designs.csv', 'text/csv;charset=utf-8', text);
}

/** The designs of a search, best first, to choose from. */
export function SelectionTable(props: {
  selection: MarketSelectionFieldsFragment;
  pending: boolean;
  onChoose: (row: Row) => void;
}) {
  return (
    <div class="flex flex-col gap-3">
      <p class="text-sm">{props.selection.conclusion}</p>
      <Show when={props.selection.designs.length > 0}>
        <Table
          label="Designs, best first"
          columns={columnsOf(props.pending, props.onChoose)}
          rows={props.selection.designs}
          maxHeight="360px"
        />
        <div class="flex flex-wrap items-center gap-3">
          <Button size="sm" onClick={() => save(props.selection.designs)}>
            Save as CSV
          </Button>
          <p class="text-xs text-ink-2">
            {integer(props.selection.inputs?.regions.length ?? 0)} markets, {integer(props.selection.inputs?.days ?? 0)}{' '}
            days of history, {duration(props.selection.computeMillis ?? null)}. {props.selection.assumptions.join(' ')}
          </p>
        </div>
      </Show>
    </div>
  );
}
