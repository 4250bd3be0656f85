import { createMemo } from 'solid-js';
import { DotPlot } from '../../charts/dot-plot.tsx';
import { Matrix } from '../../charts/matrix.tsx';
import { useQuery } from '../../data/url.ts';
import { Card } from '../../ui/card.tsx';
import { compact, decimal, money, percent, quantity } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { figureColumn } from '../../ui/figure-column.ts';
import { type Column, Table } from '../../ui/table.tsx';
import type { RunFieldsFragment } from './attribution.generated.ts';
import { ExperimentsCard } from './experiments-card.tsx';
import { type ComparisonRow, agreementOf, compareModels } from './compare-models.ts';
import { modelColour, modelNames, modelShape, shortNames, unitNames } from './models.ts';

type Measure = 'share' | 'conversions' | 'value';

function createMeasure(): [() => Measure, (measure: Measure) => void] {
  const url = useQuery();
  const measure = () =>
    ['conversions', 'value'].includes(url.get('measure') ?? '') ? (url.get('measure') as Measure) : 'share';
  return [measure, (next) => url.set({ measure: next === 'share' ? null : next })];
}

function formatter(run: RunFieldsFragment, measure: Measure): (value: number | null) => string {
  if (measure === 'share') return (value) => percent(value);
  return measure === 'value' ? (value) => money(value, run.inputs?.currency, 'compact') : quantity;
}

function Agreement(props: { run: RunFieldsFragment }) {
  const models = () => props.run.results.map((result) => result.model);
  const pair = (row: number, column: number) =>
    row === column ? undefined : agreementOf(props.run.agreement, models()[row]!, models()[column]!);
  return (
    <Card title="Agreement" hint="Below: share of credit that would have to move. Above: rank correlation (Spearman).">
      <Matrix
        label="Agreement between models"
        names={models().map((model) => shortNames[model])}
        cell={(row, column) => {
          const found = pair(row, column);
          if (!found) return null;
          const names = `${modelNames[models()[row]!]} and ${modelNames[models()[column]!]}`;
          const title = `${names}: rank correlation ${decimal(found.rankCorrelation)}, ${percent(found.sharesMoved)} moved`;
          return row < column
            ? { text: decimal(found.rankCorrelation), strength: Math.max(0, found.rankCorrelation ?? 0), title }
            : { text: percent(found.sharesMoved, 0), strength: 1 - Math.min(1, found.sharesMoved * 2), title };
        }}
      />
    </Card>
  );
}

function columnsOf(run: RunFieldsFragment, format: (value: number | null) => string): Column<ComparisonRow>[] {
  return [
    {
      key: 'label',
      label: unitNames[run.settings.unit],
      value: (row) => row.label,
      cell: (row) => row.label,
      class: 'font-semibold min-w-48',
    },
    ...run.results.map(({ model }, index) =>
      figureColumn<ComparisonRow>(model, shortNames[model], (row) => row.values[index] ?? null, format),
    ),
  ];
}

/** All models side by side: where their points lie apart, the answer depends on the model. */
export function Comparison(props: { run: RunFieldsFragment }) {
  const [measure, setMeasure] = createMeasure();
  const rows = createMemo(() => compareModels(props.run.results, measure()));
  const series = () =>
    props.run.results.map(({ model }) => ({
      name: modelNames[model],
      colour: modelColour(model),
      shape: modelShape(model),
    }));
  const format = (value: number | null): string => formatter(props.run, measure())(value);
  return (
    <div class="flex min-w-0 flex-col gap-4">
      <Card
        title="Models compared"
        aside={
          <Segmented
            label="Measure"
            value={measure()}
            options={[
              { value: 'share', label: 'Share' },
              { value: 'conversions', label: 'Conversions' },
              { value: 'value', label: 'Value' },
            ]}
            onChange={setMeasure}
          />
        }
      >
        <DotPlot
          label={`${measure()} per ${unitNames[props.run.settings.unit].toLowerCase()} and model; the table below has the numbers`}
          rows={rows()}
          series={series()}
          format={
            measure() === 'share'
              ? (value) => percent(value, 0)
              : measure() === 'value'
                ? format
                : (value) => compact(value)
          }
        />
      </Card>
      <Card title="In numbers" flush>
        <Table label="Credit per model" columns={columnsOf(props.run, format)} rows={rows()} maxHeight="480px" />
      </Card>
      <Agreement run={props.run} />
      <ExperimentsCard run={props.run} />
    </div>
  );
}
