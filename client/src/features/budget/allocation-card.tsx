import Download from 'lucide-solid/icons/download';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { toCsv } from '../../ui/csv.ts';
import { figureColumn } from '../../ui/figure-column.ts';
import { change, decimal } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { type Column, Table } from '../../ui/table.tsx';
import type { AnswerFieldsFragment } from './budget.generated.ts';
import { intervalText, kpiText, moneyText } from './figures.ts';

type Channel = AnswerFieldsFragment['channels'][number];

function Flags(props: { channel: Channel }) {
  return (
    <span class="flex flex-wrap gap-1">
      {props.channel.activeBound && (
        <Badge tone="info" shape={false}>
          {props.channel.activeBound === 'LOWER' ? 'At least bound' : 'At most bound'}
        </Badge>
      )}
      {props.channel.extrapolated && <Badge tone="warn">Beyond the data</Badge>}
    </span>
  );
}

function columnsOf(answer: AnswerFieldsFragment): Column<Channel>[] {
  const spend = (value: number | null): string => moneyText(value, answer.currency);
  const brought = (value: number | null): string => kpiText(value, answer);
  return [
    {
      key: 'name',
      label: 'Channel',
      value: (row) => row.name,
      cell: (row) => row.name,
      class: 'font-semibold min-w-48',
    },
    figureColumn('current', 'Now', (row) => row.current, spend),
    figureColumn('spend', 'Plan', (row) => row.spend, spend),
    figureColumn(
      'change',
      'Change',
      (row) => row.spend / row.current - 1,
      (_, row) => change(row.spend, row.current),
    ),
    figureColumn('before', 'Brings now', (row) => row.currentResponse.mean, brought, { wideOnly: true }),
    figureColumn('after', 'Brings by plan', (row) => row.response.mean, brought),
    {
      key: 'interval',
      label: '90 % interval',
      numeric: true,
      wideOnly: true,
      class: 'whitespace-nowrap',
      cell: (row) => intervalText(row.response, brought),
    },
    {
      key: 'marginal',
      label: 'Next unit brings',
      numeric: true,
      value: (row) => row.marginalReturn,
      cell: (row) => `${decimal(row.currentMarginalReturn)} → ${decimal(row.marginalReturn)}`,
    },
    { key: 'flags', label: 'Held by', cell: (row) => <Flags channel={row} /> },
  ];
}

function toFile(answer: AnswerFieldsFragment): string {
  const header = [
    'channel',
    'currency',
    'spend_now',
    'spend_plan',
    'lower',
    'upper',
    'kpi',
    'brings_now',
    'brings_plan',
    'brings_plan_low',
    'brings_plan_high',
    'marginal_return_now',
    'marginal_return_plan',
    'active_bound',
    'beyond_data',
  ];
  const rows = answer.channels.map((row) => [
    row.name,
    answer.currency,
    row.current,
    row.spend,
    row.lower,
    row.upper,
    answer.kpi.toLowerCase(),
    row.currentResponse.mean,
    row.response.mean,
    row.response.low,
    row.response.high,
    row.currentMarginalReturn,
    row.marginalReturn,
    row.activeBound?.toLowerCase() ?? '',
    row.extrapolated ? 'yes' : 'no',
  ]);
  return toCsv(header, rows);
}

/** The plan channel by channel, now and then. */
export function AllocationCard(props: { answer: AnswerFieldsFragment }) {
  return (
    <Card
      title="Allocation"
      aside={
        <Button size="sm" onClick={() => saveFile('budget-plan.csv', 'text/csv;charset=utf-8', toFile(props.answer))}>
          <Download size={13} aria-hidden="true" /> CSV
        </Button>
      }
      flush
    >
      <Table
        label="Spend per channel, now and by the plan"
        columns={columnsOf(props.answer)}
        rows={props.answer.channels}
        maxHeight="560px"
      />
    </Card>
  );
}
