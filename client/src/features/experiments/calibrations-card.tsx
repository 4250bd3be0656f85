import { A } from '@solidjs/router';
import Scale from 'lucide-solid/icons/scale';
import { Show, createSignal } from 'solid-js';
import { createAction, createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card } from '../../ui/card.tsx';
import { decimal, money, quantity, words } from '../../ui/format.ts';
import { toCsv } from '../../ui/csv.ts';
import { saveFile } from '../../ui/save-file.ts';
import { MockBadge } from '../../ui/mock-badge.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { days } from '../../ui/time.tsx';
import { CalibrationDialog } from './calibration-dialog.tsx';
import {
  type CalibrationFieldsFragment,
  CalibrationsDocument,
  RetireCalibrationDocument,
} from './experiments.generated.ts';

type Row = CalibrationFieldsFragment;

function Origin(props: { row: Row }) {
  return (
    <Show when={props.row.origin === 'EXPERIMENT' && props.row.originId} fallback={words(props.row.origin)}>
      {(id) => (
        <A href={`/experiments/${id()}`} class="text-accent hover:underline">
          Experiment
        </A>
      )}
    </Show>
  );
}

/** Changes say which way they went. */
function signed(value: number, show: (value: number) => string): string {
  return value > 0 ? `+${show(value)}` : show(value);
}

const figureColumns: Column<Row>[] = [
  {
    key: 'channel',
    label: 'Channel',
    value: (row) => row.channel,
    cell: (row) => (
      <span class="flex flex-col gap-0.5 py-1.5" title={row.conclusion}>
        <span class="flex items-center gap-2 font-semibold">
          {row.region ? `${row.channel}, ${row.region}` : row.channel}
          <MockBadge when={row.sourceKinds.some((kind) => kind.toLowerCase() === 'mock')} />
        </span>
        <span class="text-xs text-ink-2">{days(row.from, row.to)}</span>
        <span class="text-xs text-ink-2">{row.method}</span>
      </span>
    ),
  },
  {
    key: 'perSpend',
    label: 'KPI per spend (90 %)',
    numeric: true,
    value: (row) => row.perSpend.estimate,
    class: 'tabular whitespace-nowrap',
    cell: (row) => `${decimal(row.perSpend.estimate)} (${decimal(row.perSpend.low)} to ${decimal(row.perSpend.high)})`,
  },
  {
    key: 'kpi',
    label: 'KPI',
    value: (row) => row.kpi,
    cell: (row) => `${words(row.kpi)}, ${row.basis.toLowerCase()}`,
  },
  {
    key: 'change',
    label: 'Spend per day',
    numeric: true,
    value: (row) => row.spendChange,
    cell: (row) => signed(row.spendChange, (value) => money(value, row.currency)),
    wideOnly: true,
  },
  {
    key: 'effect',
    label: 'KPI per day',
    numeric: true,
    value: (row) => row.kpiChange,
    cell: (row) =>
      signed(row.kpiChange, (value) => (row.kpi === 'REVENUE' ? money(value, row.currency) : quantity(value))),
    wideOnly: true,
  },
  { key: 'origin', label: 'From', value: (row) => row.origin, cell: (row) => <Origin row={row} />, wideOnly: true },
];

function columnsOf(onRetire: (row: Row) => void): Column<Row>[] {
  return [
    ...figureColumns,
    {
      key: 'act',
      label: 'Actions',
      quiet: true,
      numeric: true,
      cell: (row) => (
        <Show when={!row.retiredAt} fallback={<Badge tone="neutral">Taken back</Badge>}>
          <Show when={may('causal:run')}>
            <Button size="sm" aria-label={`Take back the calibration of ${row.channel}`} onClick={() => onRetire(row)}>
              Take back
            </Button>
          </Show>
        </Show>
      ),
    },
  ];
}

function save(rows: Row[]): void {
  const header = [
    'channel',
    'region',
    'from',
    'to',
    'kpi',
    'basis',
    'currency',
    'spend',
    'spendChange',
    'kpiChange',
    'standardError',
    'method',
    'origin',
  ] as const;
  const text = toCsv(
    [...header],
    rows.map((row) => header.map((name) => row[name])),
  );
  saveFile('calibrations.csv', 'text/csv;charset=utf-8', text);
}

/** What experiments found of channels; mix models are held to it. */
export function CalibrationsCard() {
  const [all, setAll] = createSignal(false);
  const [adding, setAdding] = createSignal(false);
  const [retiring, setRetiring] = createSignal<Row>();
  const list = createQuery(CalibrationsDocument, () => ({ first: 200, includeRetired: all() }));
  const retire = createAction(async () => {
    await mutate(RetireCalibrationDocument, { id: retiring()!.id });
    setRetiring(undefined);
    list.refetch();
  });
  const rows = () => list.data()?.calibrations.edges.map(({ node }) => node) ?? [];
  return (
    <Card
      title="Calibrations"
      hint="What a change of spend was measured to do. Mix models are held to it, attribution stands beside it."
      flush
      aside={
        <div class="flex flex-wrap items-center gap-2">
          <Button size="sm" onClick={() => setAll((now) => !now)} aria-pressed={all()}>
            With those taken back
          </Button>
          <Button size="sm" disabled={rows().length === 0} onClick={() => save(rows())}>
            Save as CSV
          </Button>
          <Show when={may('causal:run')}>
            <Button size="sm" look="primary" onClick={() => setAdding(true)}>
              Add by hand
            </Button>
          </Show>
        </div>
      }
    >
      <DataState
        of={list}
        isEmpty={(data) => data.calibrations.edges.length === 0}
        empty={
          <EmptyState icon={<Scale size={20} />} title="No calibration yet">
            Decide an experiment with its change of spend, or write in what one made elsewhere found.
          </EmptyState>
        }
      >
        {() => <Table label="Calibrations" columns={columnsOf(setRetiring)} rows={rows()} />}
      </DataState>
      <CalibrationDialog open={adding()} onClose={() => setAdding(false)} onDone={list.refetch} />
      <ConfirmDialog
        open={retiring() !== undefined}
        title={`Take back the calibration of ${retiring()?.channel ?? ''}?`}
        confirm="Take back"
        pending={retire.pending()}
        error={retire.failure()?.message}
        onConfirm={() => void retire.run()}
        onClose={() => setRetiring(undefined)}
      >
        <p>No further model will use it. Models that used it keep it.</p>
      </ConfirmDialog>
    </Card>
  );
}
