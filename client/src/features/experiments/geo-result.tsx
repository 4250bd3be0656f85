import { For, Show } from 'solid-js';
import { BandChart } from '../../charts/band-chart.tsx';
import { Legend } from '../../charts/legend.tsx';
import { seriesColour } from '../../charts/series-colour.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { FigureCard, type FigureField } from '../../ui/figure-card.tsx';
import { compact, decimal, money, percent, quantity } from '../../ui/format.ts';
import { pText } from './experiment-names.ts';
import type { AnalysisFieldsFragment, ExperimentFieldsFragment } from './experiments.generated.ts';

type Cell = AnalysisFieldsFragment['cells'][number];
type Point = Cell['series'][number];

interface Shown {
  analysis: AnalysisFieldsFragment;
  experiment: ExperimentFieldsFragment;
}

function formats(props: Shown) {
  const currency = () => (props.experiment.geo?.kpi === 'REVENUE' ? props.analysis.inputs.currency : null);
  const format = (value: number | null): string => (currency() ? money(value, currency()) : quantity(value));
  const tick = (value: number): string => (currency() ? money(value, currency(), 'compact') : compact(value));
  return { format, tick };
}

function rangeText(
  range: { low?: number | null; high?: number | null },
  format: (value: number | null) => string,
): string {
  const { low = null, high = null } = range;
  return low === null || high === null ? 'only at the planned end' : `${format(low)} to ${format(high)}`;
}

function CellFacts(props: Shown & { cell: Cell }) {
  const { format } = formats(props);
  const ratio = (value: number | null): string => decimal(value);
  return (
    <Card
      title={props.cell.cell}
      hint={props.cell.markets.join(', ')}
      aside={
        <Badge tone={props.analysis.final ? 'ok' : 'info'}>
          {props.analysis.final ? 'Planned end reached' : 'Still running: for watching only'}
        </Badge>
      }
    >
      <div class="flex flex-col gap-3">
        {/* The only cell has said it above. */}
        <Show when={props.analysis.cells.length > 1}>
          <p class="text-sm">{props.cell.conclusion}</p>
        </Show>
        <Facts
          items={[
            [
              'Incremental outcome',
              `${format(props.cell.incremental.estimate)} (${rangeText(props.cell.incremental, format)})`,
            ],
            ['Relative to what was expected', percent(props.cell.relative ?? null)],
            [
              'p-value, adjusted for cells',
              props.cell.pValue === null ? 'only at the planned end' : pText(props.cell.adjustedPValue ?? null),
            ],
            ['Spend per day before', money(props.cell.spend, props.analysis.inputs.currency)],
            ['Spent more per day', money(props.cell.spendChange, props.analysis.inputs.currency)],
            [
              'Outcome per unit of spend',
              props.cell.perSpend
                ? `${ratio(props.cell.perSpend.estimate)} (${rangeText(props.cell.perSpend, ratio)})`
                : 'spend did not change',
            ],
            ['Misfit before, of equal weights’', percent(props.cell.scaledL2)],
            [
              'Stands for what would have been',
              props.cell.weights
                .slice(0, 8)
                .map(({ market, weight }) => `${market} ${percent(weight, 0)}`)
                .join(', '),
            ],
          ]}
        />
      </div>
    </Card>
  );
}

function pointFields(format: (value: number | null) => string): FigureField<Point>[] {
  return [
    { key: 'day', label: 'Day', read: (row) => row.day },
    { key: 'observed', label: 'Observed', read: (row) => row.observed, show: format },
    { key: 'expected', label: 'Expected', read: (row) => row.expected, show: format },
    { key: 'effect', label: 'Effect', read: (row) => row.effect, show: format },
    { key: 'cumulative', label: 'Added up', read: (row) => row.cumulative ?? null, show: format },
  ];
}

function fileOf({ experiment, cell }: { experiment: ExperimentFieldsFragment; cell: Cell }): string {
  return `experiment-${experiment.id.slice(-6)}-${cell.cell}`;
}

function Course(props: Shown & { cell: Cell }) {
  const { format, tick } = formats(props);
  const series = () => props.cell.series;
  const first = () => series().findIndex((point) => point.treated);
  const lines = () => [
    { name: 'Observed', colour: seriesColour(0), values: series().map((point) => point.observed) },
    {
      name: 'Expected without',
      colour: seriesColour(1),
      dashed: true,
      values: series().map((point) => point.expected),
    },
  ];
  return (
    <FigureCard
      title={`${props.cell.cell}: observed against expected`}
      hint="Shaded from the start"
      file={fileOf(props)}
      rows={series()}
      fields={pointFields(format)}
    >
      <BandChart
        label={`Outcome of ${props.cell.cell}, observed and expected, by day`}
        labels={series().map((point) => point.day)}
        series={lines()}
        from={Math.max(0, first())}
        format={format}
        tick={tick}
        height={280}
      />
      <Legend items={lines()} />
    </FigureCard>
  );
}

function Cumulative(props: Shown & { cell: Cell }) {
  const { format, tick } = formats(props);
  const treated = () => props.cell.series.filter((point) => point.treated);
  return (
    <FigureCard
      title={`${props.cell.cell}: effect added up`}
      hint="For watching; whether chance explains it is said at the planned end"
      file={`${fileOf(props)}-cumulative`}
      rows={treated()}
      fields={pointFields(format)}
    >
      <BandChart
        label={`Effect in ${props.cell.cell} added up from the start, by day`}
        labels={treated().map((point) => point.day)}
        series={[
          { name: 'Added up', colour: seriesColour(2), values: treated().map((point) => point.cumulative ?? null) },
        ]}
        format={format}
        tick={tick}
        zero
        height={200}
      />
    </FigureCard>
  );
}

/** What a geo experiment shows, cell by cell. */
export function GeoResult(props: Shown) {
  return (
    <For each={props.analysis.cells}>
      {(cell) => (
        <>
          <CellFacts {...props} cell={cell} />
          <Show when={cell.series.some((point) => point.treated)}>
            <Course {...props} cell={cell} />
            <Cumulative {...props} cell={cell} />
          </Show>
        </>
      )}
    </For>
  );
}
