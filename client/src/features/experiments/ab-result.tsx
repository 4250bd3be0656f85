import { For, Show, createSignal } from 'solid-js';
import { BandChart } from '../../charts/band-chart.tsx';
import { Legend } from '../../charts/legend.tsx';
import { seriesColour } from '../../charts/series-colour.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { SelectField } from '../../ui/field.tsx';
import { FigureCard, type FigureField } from '../../ui/figure-card.tsx';
import { figureColumn } from '../../ui/figure-column.ts';
import { integer, percent, quantity } from '../../ui/format.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { date } from '../../ui/time.tsx';
import { effectText, pText } from './experiment-names.ts';
import type { AnalysisFieldsFragment, ExperimentFieldsFragment } from './experiments.generated.ts';

interface Shown {
  analysis: AnalysisFieldsFragment;
  experiment: ExperimentFieldsFragment;
}
type Metric = AnalysisFieldsFragment['metrics'][number];
type Point = Metric['timeline'][number];
type ArmRow = AnalysisFieldsFragment['arms'][number];
type Comparison = Metric['comparisons'][number];

/** The always-valid interval of one arm as it stood on each day. */
function Sequence(props: Shown & { metric: Metric }) {
  const arms = () => [...new Set(props.metric.timeline.map((point) => point.arm))];
  const [chosen, setChosen] = createSignal<string>();
  const arm = () => (arms().includes(chosen() ?? '') ? chosen()! : arms()[0]!);
  const points = () => props.metric.timeline.filter((point) => point.arm === arm());
  const scale = () => props.experiment.ab!.plan.scale;
  const show = (value: number | null): string => effectText(value, scale());
  const fields: FigureField<Point>[] = [
    { key: 'day', label: 'Day', read: (row) => row.day },
    { key: 'units', label: 'Units', read: (row) => row.n, show: integer },
    { key: 'effect', label: 'Effect', read: (row) => row.estimate, show },
    { key: 'low', label: 'From', read: (row) => row.low, show },
    { key: 'high', label: 'To', read: (row) => row.high, show },
    { key: 'p', label: 'p, always valid', read: (row) => row.pValue, show: pText },
    { key: 'fixed_low', label: 'From, one look', read: (row) => row.fixedLow, show },
    { key: 'fixed_high', label: 'To, one look', read: (row) => row.fixedHigh, show },
  ];
  const lines = () => [
    {
      name: 'Effect, always-valid interval',
      colour: seriesColour(0),
      values: points().map((point) => point.estimate),
      low: points().map((point) => point.low),
      high: points().map((point) => point.high),
    },
  ];
  return (
    <FigureCard
      title={`${arm()}: ${props.metric.metric} over time`}
      hint="The band may be read at any time: once it leaves zero out, the effect is shown."
      file={`experiment-${props.experiment.id.slice(-6)}-course`}
      rows={points()}
      fields={fields}
      below={
        <Show when={arms().length > 1}>
          <div class="border-t border-line-soft px-4 py-3">
            <SelectField label="Arm" value={arm()} onChange={(event) => setChosen(event.currentTarget.value)}>
              <For each={arms()}>{(name) => <option value={name}>{name}</option>}</For>
            </SelectField>
          </div>
        </Show>
      }
    >
      <BandChart
        label={`Effect of ${arm()} on ${props.metric.metric} with its always-valid interval, by day`}
        labels={points().map((point) => point.day)}
        series={lines()}
        format={show}
        tick={(value) => (scale() === 'RELATIVE' ? percent(value, 0) : quantity(value))}
        zero
        height={280}
      />
      <Legend items={lines()} />
    </FigureCard>
  );
}

function columnsOf(final: boolean, isShare: boolean): Column<Comparison>[] {
  const value = (own: number | null): string => (isShare ? percent(own, 2) : quantity(own));
  const range = (low: number | null, high: number | null, row: Comparison): string =>
    low === null || high === null ? 'no limits yet' : `${effectText(low, row.scale)} to ${effectText(high, row.scale)}`;
  return [
    {
      key: 'arm',
      label: 'Arm',
      value: (row) => row.arm,
      cell: (row) => row.arm,
      class: 'font-semibold min-w-28',
    },
    figureColumn('control', 'Control', (row) => row.controlValue, value, { wideOnly: true }),
    figureColumn('value', 'Value', (row) => row.armValue, value, { wideOnly: true }),
    figureColumn(
      'effect',
      'Effect',
      (row) => row.estimate,
      (value, row) => effectText(value, row.scale),
    ),
    {
      key: 'sequence',
      label: 'Always valid',
      numeric: true,
      class: 'tabular whitespace-nowrap',
      cell: (row) => range(row.sequential.low ?? null, row.sequential.high ?? null, row),
    },
    figureColumn('p', 'p, adjusted', (row) => row.sequential.adjustedPValue ?? null, pText),
    {
      key: 'fixed',
      label: final ? 'One look' : 'One look, at the end',
      numeric: true,
      wideOnly: true,
      class: final ? 'tabular whitespace-nowrap' : 'tabular whitespace-nowrap text-ink-2',
      cell: (row) => range(row.fixed.low ?? null, row.fixed.high ?? null, row),
    },
    figureColumn(
      'chance',
      'Chance to win',
      (row) => row.bayesian.chanceToWin,
      (value) => percent(value),
      { wideOnly: true },
    ),
    figureColumn(
      'loss',
      'Expected loss',
      (row) => row.bayesian.riskOfTreatment,
      (value, row) => effectText(value, row.scale),
      {
        wideOnly: true,
      },
    ),
  ];
}

function MetricCard(props: Shown & { metric: Metric }) {
  const isShare = () => props.experiment.ab?.metrics.find(({ name }) => name === props.metric.metric)?.kind === 'SHARE';
  return (
    <Card
      title={props.metric.metric}
      hint={props.metric.primary ? 'The metric that decides' : 'Corrected together with the other metrics'}
      flush
      aside={
        <Show when={props.metric.decisiveSince}>{(day) => <Badge tone="ok">Shown since {date(day())}</Badge>}</Show>
      }
    >
      <Show when={props.metric.problem}>
        {(problem) => (
          <div class="px-4 pb-4">
            <Banner tone="warn">{problem().message}</Banner>
          </div>
        )}
      </Show>
      <Show
        when={props.metric.comparisons.length > 0}
        fallback={
          <Show when={!props.metric.problem}>
            <p class="px-4 pb-4 text-sm text-ink-2">No figures of all arms yet.</p>
          </Show>
        }
      >
        <Table
          label={`Results for ${props.metric.metric}`}
          columns={columnsOf(props.analysis.final, isShare())}
          rows={props.metric.comparisons}
        />
      </Show>
    </Card>
  );
}

function ArmsCard(props: Shown) {
  const primary = () => props.experiment.ab!.metrics[0]!.name;
  const arms = () => props.analysis.arms.filter((arm) => arm.metric === primary());
  const total = () => arms().reduce((sum, arm) => sum + arm.n, 0);
  const planned = () => arms().reduce((sum, arm) => sum + arm.share, 0);
  const ratio = () => props.analysis.sampleRatio;
  return (
    <Card
      title="How arms are filled"
      flush
      aside={
        <Show when={ratio()} fallback={<Badge tone="neutral">Too few to check</Badge>}>
          {(found) => (
            <Badge tone={found().mismatch ? 'error' : 'ok'}>
              {found().mismatch ? 'Not as planned' : 'As planned'}, p {pText(found().pValue)}
            </Badge>
          )}
        </Show>
      }
    >
      <Table
        label="Units per arm"
        rows={arms()}
        columns={[
          { key: 'arm', label: 'Arm', cell: (row) => row.arm, value: (row) => row.arm, class: 'font-semibold' },
          figureColumn<ArmRow>('n', 'Units', (row) => row.n, integer),
          figureColumn<ArmRow>(
            'share',
            'Share',
            (row) => row.n / total(),
            (value) => percent(value, 2),
          ),
          figureColumn<ArmRow>(
            'planned',
            'Planned',
            (row) => row.share / planned(),
            (value) => percent(value, 2),
          ),
        ]}
      />
    </Card>
  );
}

/** What an A/B experiment shows: the always-valid course, the metrics, and how arms are filled. */
export function AbResult(props: Shown) {
  const primary = () => props.analysis.metrics.find((metric) => metric.primary);
  return (
    <>
      <Show when={(primary()?.timeline.length ?? 0) > 0 && primary()}>
        {(metric) => <Sequence {...props} metric={metric()} />}
      </Show>
      <For each={props.analysis.metrics}>{(metric) => <MetricCard {...props} metric={metric} />}</For>
      <Show when={props.analysis.arms.length > 0}>
        <ArmsCard {...props} />
      </Show>
    </>
  );
}
