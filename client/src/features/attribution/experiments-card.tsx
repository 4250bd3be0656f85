import { For, Show } from 'solid-js';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { decimal, words } from '../../ui/format.ts';
import { type Column, Table } from '../../ui/table.tsx';
import type { RunFieldsFragment } from './attribution.generated.ts';
import { shortNames } from './models.ts';

type Row = RunFieldsFragment['calibrationAgreement'][number];

function columnsOf(run: RunFieldsFragment): Column<Row>[] {
  return [
    {
      key: 'channel',
      label: 'Channel',
      value: (row) => row.channel,
      cell: (row) => row.channel,
      class: 'font-semibold min-w-40',
    },
    {
      key: 'kpi',
      label: 'Per unit of spend',
      value: (row) => row.calibration.kpi,
      cell: (row) => words(row.calibration.kpi),
    },
    {
      key: 'experiment',
      label: 'Experiment, 90 %',
      numeric: true,
      class: 'tabular whitespace-nowrap',
      value: (row) => row.calibration.perSpend.estimate,
      cell: ({ calibration: { perSpend } }) =>
        `${decimal(perSpend.estimate)} (${decimal(perSpend.low)} to ${decimal(perSpend.high)})`,
    },
    ...run.results.map(({ model }): Column<Row> => {
      const of = (row: Row) => row.models.find((one) => one.model === model);
      return {
        key: model,
        label: shortNames[model],
        numeric: true,
        value: (row) => of(row)?.perSpend ?? null,
        cell: (row) => (
          <Show when={of(row)?.agrees !== null && of(row)} fallback="–">
            {(found) => <Badge tone={found().agrees ? 'ok' : 'warn'}>{decimal(found().perSpend ?? null)}</Badge>}
          </Show>
        ),
      };
    }),
  ];
}

/** What experiments found of channels beside what each model credits them with. */
export function ExperimentsCard(props: { run: RunFieldsFragment }) {
  return (
    <Show when={props.run.calibrationAgreement.length > 0}>
      <Card
        title="Beside experiments"
        hint="A model agrees when its credit per unit of spend lies inside the experiment’s interval."
        flush
      >
        <Table
          label="Credit per unit of spend beside experiments"
          columns={columnsOf(props.run)}
          rows={[...props.run.calibrationAgreement]}
        />
        <ul class="border-t border-line-soft px-4 py-3 text-sm">
          <For each={props.run.calibrationAgreement}>{({ conclusion }) => <li>{conclusion}</li>}</For>
        </ul>
      </Card>
    </Show>
  );
}
