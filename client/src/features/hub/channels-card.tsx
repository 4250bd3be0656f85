import { BarCell } from '../../charts/bar-cell.tsx';
import { Card } from '../../ui/card.tsx';
import { decimal, integer, money } from '../../ui/format.ts';
import { figureColumn } from '../../ui/figure-column.ts';
import { type Column, Table } from '../../ui/table.tsx';
import type { TotalsFieldsFragment } from './hub.generated.ts';

type Row = TotalsFieldsFragment;

const spent = figureColumn<Row>(
  'spend',
  'Spend',
  (row) => row.spend.amount,
  (value, row) => money(value, row.spend.currency),
);
const earned = figureColumn<Row>(
  'revenue',
  'Revenue',
  (row) => row.revenue.amount,
  (value, row) => money(value, row.revenue.currency),
);

/** Which channel took and brought how much, as the sources report it. */
export function ChannelsCard(props: { rows: Row[] }) {
  const most = () => Math.max(1e-9, ...props.rows.map((row) => row.revenue.amount));
  const columns: Column<Row>[] = [
    {
      key: 'key',
      label: 'Channel',
      value: (row) => row.key,
      cell: (row) => row.key,
      class: 'font-semibold max-w-48 truncate',
    },
    spent,
    earned,
    {
      key: 'bar',
      label: 'Share as a bar',
      quiet: true,
      wideOnly: true,
      class: 'w-32',
      cell: (row) => <BarCell share={row.revenue.amount / most()} colour="var(--series-1)" />,
    },
    figureColumn(
      'roas',
      'ROAS',
      (row) => row.roas,
      (value) => decimal(value),
    ),
    figureColumn('conversions', 'Conversions', (row) => row.conversions, integer),
  ];
  return (
    <Card title="Channels" hint="As reported by the sources; what they caused is under Attribution" flush>
      <Table
        label="Channels"
        columns={columns}
        rows={props.rows}
        initialSort={{ key: 'revenue', direction: 'down' }}
        maxHeight="420px"
      />
    </Card>
  );
}
