import { BarCell } from '../../charts/bar-cell.tsx';
import { Card } from '../../ui/card.tsx';
import { decimal, integer, money } from '../../ui/format.ts';
import { type Column, Table } from '../../ui/table.tsx';
import type { TotalsFieldsFragment } from './hub.generated.ts';

type Row = TotalsFieldsFragment;

/** Which channel took and brought how much, as the sources report it. */
export function ChannelsCard(props: { rows: Row[] }) {
  const most = () => Math.max(1e-9, ...props.rows.map((row) => row.revenue.amount));
  const columns: Column<Row>[] = [
    { key: 'key', label: 'Channel', value: (row) => row.key, cell: (row) => row.key, class: 'font-semibold max-w-48 truncate' },
    { key: 'spend', label: 'Spend', numeric: true, value: (row) => row.spend.amount, cell: (row) => money(row.spend.amount, row.spend.currency) },
    { key: 'revenue', label: 'Revenue', numeric: true, value: (row) => row.revenue.amount, cell: (row) => money(row.revenue.amount, row.revenue.currency) },
    { key: 'bar', label: '', wideOnly: true, class: 'w-32', cell: (row) => <BarCell share={row.revenue.amount / most()} colour="var(--series-1)" /> },
    { key: 'roas', label: 'ROAS', numeric: true, value: (row) => row.roas, cell: (row) => decimal(row.roas) },
    { key: 'clicks', label: 'Clicks', numeric: true, wideOnly: true, value: (row) => row.clicks, cell: (row) => integer(row.clicks) },
    { key: 'conversions', label: 'Conversions', numeric: true, value: (row) => row.conversions, cell: (row) => integer(row.conversions) },
  ];
  return (
    <Card title="Channels" hint="As reported by the sources; what they caused is under Attribution" flush class="xl:col-span-2">
      <Table label="Channels" columns={columns} rows={props.rows} initialSort={{ key: 'revenue', direction: 'down' }} maxHeight="420px" />
    </Card>
  );
}
