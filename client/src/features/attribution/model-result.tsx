import { For, Show } from 'solid-js';
import { BarCell } from '../../charts/bar-cell.tsx';
import { Card } from '../../ui/card.tsx';
import { decimal, money, percent, quantity } from '../../ui/format.ts';
import { figureColumn } from '../../ui/figure-column.ts';
import { type Column, Table } from '../../ui/table.tsx';
import type { RunFieldsFragment } from './attribution.generated.ts';
import { modelColour, modelHints, modelNames, unitNames } from './models.ts';

type Result = RunFieldsFragment['results'][number];
type Credit = Result['credits'][number];

function columns(run: RunFieldsFragment, result: Result): Column<Credit>[] {
  const currency = run.inputs?.currency;
  const most = Math.max(1e-9, ...result.credits.map((credit) => credit.share));
  const spent = result.credits.some((credit) => credit.spend !== null);
  return [
    {
      key: 'key',
      label: unitNames[run.settings.unit],
      value: (row) => row.key,
      cell: (row) => row.key,
      class: 'font-semibold min-w-48',
    },
    {
      key: 'bar',
      label: 'Share as a bar',
      quiet: true,
      class: 'w-1/4 min-w-24',
      cell: (row) => <BarCell share={row.share / most} colour={modelColour(result.model)} />,
    },
    figureColumn(
      'share',
      'Share',
      (row) => row.share,
      (value) => percent(value),
    ),
    figureColumn('conversions', 'Conversions', (row) => row.conversions, quantity),
    figureColumn(
      'value',
      'Value',
      (row) => row.value,
      (value) => money(value, currency),
    ),
    ...(result.model === 'MARKOV'
      ? [
          figureColumn<Credit>(
            'removal',
            'Removal effect',
            (row) => row.removalEffect,
            (value) => percent(value),
          ),
        ]
      : []),
    ...(spent
      ? [
          figureColumn<Credit>(
            'spend',
            'Spend',
            (row) => row.spend,
            (value) => money(value, currency),
          ),
          figureColumn<Credit>(
            'roas',
            'ROAS',
            (row) => row.roas,
            (value) => decimal(value),
          ),
        ]
      : []),
  ];
}

/** One model: its credits as bars with their numbers, and what it takes for granted. */
export function ModelResult(props: { run: RunFieldsFragment; result: Result }) {
  return (
    <Card
      title={modelNames[props.result.model]}
      hint={`${modelHints[props.result.model]} · ${quantity(props.result.conversions)} conversions · ${money(props.result.value, props.run.inputs?.currency)}`}
      flush
    >
      <Table
        label={`Credit by ${modelNames[props.result.model]}`}
        columns={columns(props.run, props.result)}
        rows={props.result.credits}
        maxHeight="560px"
      />
      <Show when={props.result.assumptions.length > 0}>
        <div class="border-t border-line-soft px-4 py-3">
          <h3 class="text-xs font-semibold text-ink-2">Assumptions</h3>
          <ul class="mt-1 list-disc pl-5 text-sm">
            <For each={props.result.assumptions}>{(text) => <li>{text}</li>}</For>
          </ul>
        </div>
      </Show>
    </Card>
  );
}
