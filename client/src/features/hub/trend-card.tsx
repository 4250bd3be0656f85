import { Show, createMemo } from 'solid-js';
import { Legend } from '../../charts/legend.tsx';
import { type Series, TimeSeries } from '../../charts/time-series.tsx';
import { Card } from '../../ui/card.tsx';
import { compact, decimal, integer, money } from '../../ui/format.ts';
import { grainOf } from '../../ui/range.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { figureColumn } from '../../ui/figure-column.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { date } from '../../ui/time.tsx';
import { fillGaps, summarise } from './fill-gaps.ts';
import type { HubFilter, Metric } from './hub-filter.ts';
import type { TotalsFieldsFragment } from './hub.generated.ts';
import { wholeBuckets } from './whole-buckets.ts';

type Row = TotalsFieldsFragment;

const grains = {
  DAY: 'per day',
  WEEK: 'per week, whole ones only in the chart',
  MONTH: 'per month, whole ones only in the chart',
};

const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

const names = {
  DAY: undefined,
  WEEK: (day: string) => `Week of ${date(day)}`,
  MONTH: (day: string) => month.format(new Date(`${day.slice(0, 7)}-01T00:00:00Z`)),
};

const lines: Record<Metric, { name: string; colour: string; dashed?: boolean; read: (row: Row) => number | null }[]> = {
  money: [
    { name: 'Revenue', colour: 'var(--series-1)', read: (row) => row.revenue.amount },
    { name: 'Spend', colour: 'var(--series-2)', dashed: true, read: (row) => row.spend.amount },
  ],
  roas: [{ name: 'ROAS', colour: 'var(--series-3)', read: (row) => row.roas }],
  conversions: [{ name: 'Conversions', colour: 'var(--series-4)', read: (row) => row.conversions }],
};

const columns: Column<Row>[] = [
  { key: 'key', label: 'Day', value: (row) => row.key, cell: (row) => date(row.key), class: 'whitespace-nowrap' },
  figureColumn(
    'spend',
    'Spend',
    (row) => row.spend.amount,
    (value, row) => money(value, row.spend.currency),
  ),
  figureColumn(
    'revenue',
    'Revenue',
    (row) => row.revenue.amount,
    (value, row) => money(value, row.revenue.currency),
  ),
  figureColumn(
    'roas',
    'ROAS',
    (row) => row.roas,
    (value) => decimal(value),
  ),
  figureColumn('impressions', 'Impressions', (row) => row.impressions, integer, { wideOnly: true }),
  figureColumn('clicks', 'Clicks', (row) => row.clicks, integer, { wideOnly: true }),
  figureColumn('conversions', 'Conversions', (row) => row.conversions, integer),
];

function Chart(props: { rows: Row[]; filter: HubFilter }) {
  const metric = () => props.filter.metric();
  const currency = () => props.rows[0]?.spend.currency;
  const filled = createMemo(() => {
    const range = props.filter.range();
    return wholeBuckets(fillGaps(props.rows, range, grainOf(range)), range, grainOf(range));
  });
  const series = createMemo((): Series[] =>
    lines[metric()].map(({ read, ...line }) => ({
      ...line,
      values: filled().map(({ row }) => (row ? read(row) : null)),
    })),
  );
  const format = (value: number | null): string =>
    metric() === 'money' ? money(value, currency()) : metric() === 'roas' ? decimal(value) : integer(value);
  const summary = () =>
    series()
      .map((line) => summarise(line.name, line.values, format))
      .join('. ');
  return (
    <div class="flex flex-col gap-2">
      <Legend items={series()} />
      <TimeSeries
        nameOf={names[grainOf(props.filter.range())]}
        label={summary()}
        dates={filled().map(({ key }) => key)}
        series={series()}
        format={format}
        tick={metric() === 'roas' ? (value) => decimal(value, 1) : compact}
      />
    </div>
  );
}

/** Totals over time as a chart, with the table behind it. */
export function TrendCard(props: { rows: Row[]; filter: HubFilter }) {
  return (
    <Card
      title="Over time"
      hint={grains[grainOf(props.filter.range())]}

      flush={props.filter.view() === 'table'}
      aside={
        <div class="flex flex-wrap gap-2">
          <Segmented
            label="Figure"
            value={props.filter.metric()}
            options={[
              { value: 'money', label: 'Money' },
              { value: 'roas', label: 'ROAS' },
              { value: 'conversions', label: 'Conversions' },
            ]}
            onChange={(metric) => props.filter.set({ metric: metric === 'money' ? null : metric })}
          />
          <Segmented
            label="View"
            value={props.filter.view()}
            options={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
            onChange={(view) => props.filter.set({ view: view === 'chart' ? null : view })}
          />
        </div>
      }
    >
      <Show
        when={props.filter.view() === 'chart'}
        fallback={
          <Table
            label="Totals over time"
            columns={columns}
            rows={props.rows}
            maxHeight="288px"
            initialSort={{ key: 'key', direction: 'down' }}
          />
        }
      >
        <Chart rows={props.rows} filter={props.filter} />
      </Show>
    </Card>
  );
}
