import { Show, createEffect, on } from 'solid-js';
import { createQuery } from '../../../../data/query.ts';
import { timeZone, useQuery } from '../../../../data/url.ts';
import { Banner } from '../../../../ui/banner.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Card } from '../../../../ui/card.tsx';
import { toCsv } from '../../../../ui/csv.ts';
import { DataState } from '../../../../ui/data-state.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { figureColumn } from '../../../../ui/figure-column.ts';
import { integer, money, quantity } from '../../../../ui/format.ts';
import { RangePicker } from '../../../../ui/range-picker.tsx';
import { type DayRange, dayIn, grainOf, parseRange } from '../../../../ui/range.ts';
import { saveFile } from '../../../../ui/save-file.ts';
import { type Column, Table } from '../../../../ui/table.tsx';
import { date } from '../../../../ui/time.tsx';
import { ConnectionFiguresDocument, type ConnectionFiguresQuery } from './figures.generated.ts';
import { type Figures, sumFigures } from './sum-figures.ts';

type Row = ConnectionFiguresQuery['totals']['rows'][number];
type Shown = Figures & { key: string };

const usual = { from: 'now-29d', to: 'now' };
const grains = { DAY: 'Day', WEEK: 'Week from', MONTH: 'Month from' };
const bases = {
  CLAIMED: 'As an advertising platform claims it',
  BOOKED: 'As a shop or CRM books it',
  PAID: 'As a payment service reports it',
};

const amount = (value: number | null, row: Shown): string => money(value, row.currency);
const measures: Column<Shown>[] = [
  figureColumn('spend', 'Spend', (row) => row.spend, amount),
  figureColumn('impressions', 'Impressions', (row) => row.impressions, integer),
  figureColumn('clicks', 'Clicks', (row) => row.clicks, integer),
  figureColumn('conversions', 'Conversions', (row) => row.conversions, quantity),
  figureColumn('revenue', 'Revenue', (row) => row.revenue, amount),
];

const currency: Column<Shown> = {
  key: 'currency',
  label: 'Currency',
  value: (row) => row.currency,
  cell: (row) => row.currency,
  class: 'font-semibold',
};
const basis: Column<Shown> = {
  key: 'basis',
  label: 'Sales',
  cell: (row) => (row.revenueBasis ? bases[row.revenueBasis] : 'None'),
  class: 'text-ink-2 whitespace-nowrap',
};

/** A row of the answer as the tables show it. */
function shownOf(row: Row): Shown {
  return { ...row, key: row.key, currency: row.spend.currency, spend: row.spend.amount, revenue: row.revenue.amount };
}

function Sums(props: { rows: Row[]; grain: keyof typeof grains; name: string }) {
  const sums = () => sumFigures(props.rows).map((sum) => ({ ...sum, key: sum.currency }));
  const parts = () => props.rows.map(shownOf).toSorted((a, b) => b.key.localeCompare(a.key));
  const time = (): Column<Shown> => ({
    key: 'key',
    label: grains[props.grain],
    value: (row) => row.key,
    cell: (row) => date(row.key),
    class: 'whitespace-nowrap',
  });
  const save = (): void =>
    saveFile(
      `${props.name} figures.csv`,
      'text/csv',
      toCsv(
        ['from', 'currency', 'spend', 'impressions', 'clicks', 'conversions', 'revenue', 'revenue_basis'],
        parts().map((row) => [
          row.key,
          row.currency,
          row.spend,
          row.impressions,
          row.clicks,
          row.conversions,
          row.revenue,
          row.revenueBasis,
        ]),
      ),
    );
  return (
    <>
      <Table label="Sums of the days" columns={[currency, ...measures, basis]} rows={sums()} />
      <details class="border-t border-line-soft">
        <summary class="px-4 py-2.5 text-sm font-semibold">
          By {grains[props.grain].split(' ')[0]!.toLowerCase()}
        </summary>
        <Table label="Figures over time" columns={[time(), currency, ...measures]} rows={parts()} maxHeight="420px" />
      </details>
      <div class="border-t border-line-soft px-4 py-2">
        <Button size="sm" onClick={save}>
          Save as CSV
        </Button>
      </div>
    </>
  );
}

function createFigures(props: { connectionId: string; isMock: boolean; stamp: unknown }) {
  const url = useQuery();
  const today = dayIn(Date.now(), timeZone());
  const text = () => ({ from: url.get('from') ?? usual.from, to: url.get('to') ?? usual.to });
  const range = (): DayRange => parseRange(text().from, text().to, today) ?? parseRange(usual.from, usual.to, today)!;
  const query = createQuery(ConnectionFiguresDocument, () => ({
    range: range(),
    groupBy: grainOf(range()),
    filter: { connectionIds: [props.connectionId], sourceKinds: props.isMock ? ['MOCK' as const] : null },
  }));
  createEffect(
    on(
      () => props.stamp,
      () => query.refetch(),
      { defer: true },
    ),
  );
  return { url, today, text, range, query };
}

/** What a connection has brought in of some days, to be held beside the platform's own report. */
export function FiguresSection(props: {
  connectionId: string;
  name: string;
  isMock: boolean;
  /** Changes whenever a sync ends. */
  stamp: unknown;
}) {
  const { url, today, text, range, query } = createFigures(props);
  return (
    <Card
      title="Figures"
      hint="Hold them beside the platform's own report: its days are those of each account, and each currency stands for itself"
      flush
      aside={
        <RangePicker value={text()} today={today} onChange={({ from, to }) => url.set({ from: from!, to: to! })} />
      }
    >
      <DataState
        of={query}
        isEmpty={(data) => data.totals.rows.length === 0}
        empty={
          <EmptyState title="No figures in these days">
            Choose other days. Lists such as campaigns or contacts have no figures of their own.
          </EmptyState>
        }
      >
        {(data) => (
          <>
            <Show when={data().totals.notes.length > 0 && sumFigures(data().totals.rows).length < 2}>
              <div class="px-4 pb-3">
                <Banner tone="info">{data().totals.notes.join(' ')}</Banner>
              </div>
            </Show>
            <Sums rows={data().totals.rows} grain={grainOf(range())} name={props.name} />
          </>
        )}
      </DataState>
    </Card>
  );
}
