import { BandChart } from '../../charts/band-chart.tsx';
import { DotStrip } from '../../charts/dot-strip.tsx';
import { IntervalPlot } from '../../charts/interval-plot.tsx';
import { Legend } from '../../charts/legend.tsx';
import { seriesColour } from '../../charts/series-colour.ts';
import { decimal, percent, plural } from '../../ui/format.ts';
import { FigureCard, type FigureField } from '../../ui/figure-card.tsx';
import { outcome, outcomeTick } from './lift-names.ts';
import type { Result, Shown } from './lift-result.tsx';

interface BandRow {
  period: string;
  value: number;
  low: number | null;
  high: number | null;
}

function bandRows(labels: readonly string[], band: Result['pointwise']): BandRow[] {
  return labels.map((period, index) => ({
    period,
    value: band.mean[index]!,
    low: band.low[index] ?? null,
    high: band.high[index] ?? null,
  }));
}

function bandFields(name: string, show: (value: number | null) => string): FigureField<BandRow>[] {
  return [
    { key: 'period', label: 'Period', read: (row) => row.period },
    { key: 'effect', label: name, read: (row) => row.value, show },
    { key: 'low', label: 'From', read: (row) => row.low, show },
    { key: 'high', label: 'To', read: (row) => row.high, show },
  ];
}

function formats(props: Shown) {
  return {
    format: (value: number | null) => outcome(value, props.currency),
    tick: (value: number) => outcomeTick(value, props.currency),
  };
}

type ObservedRow = BandRow & { observed: number };

/** What was observed, and what would have been. */
export function CounterfactualCard(props: Shown) {
  const { format, tick } = formats(props);
  const rows = (): ObservedRow[] =>
    bandRows(props.result.periods, props.result.counterfactual).map((row, index) => ({
      ...row,
      observed: props.result.observed[index]!,
    }));
  const fields: FigureField<ObservedRow>[] = [
    { key: 'period', label: 'Period', read: (row) => row.period },
    { key: 'observed', label: 'Observed', read: (row) => row.observed, show: format },
    { key: 'counterfactual', label: 'Without treatment', read: (row) => row.value, show: format },
    { key: 'low', label: 'From', read: (row) => row.low, show: format },
    { key: 'high', label: 'To', read: (row) => row.high, show: format },
  ];
  const names = ['Observed', `Without treatment, ${percent(props.result.level, 0)} interval`];
  return (
    <FigureCard
      title="Observed against counterfactual"
      hint={`${props.valueName}, mean of the treated units; shaded from the start of the treatment`}
      file={`${props.file}-counterfactual`}
      rows={rows()}
      fields={fields}
    >
      <BandChart
        label={`${props.valueName} observed and without treatment, by period`}
        labels={props.result.periods}
        from={props.result.pre}
        format={format}
        tick={tick}
        height={300}
        series={[
          { name: 'Observed', colour: seriesColour(0), values: props.result.observed },
          {
            name: 'Without treatment',
            colour: seriesColour(1),
            dashed: true,
            values: props.result.counterfactual.mean,
            low: props.result.counterfactual.low,
            high: props.result.counterfactual.high,
          },
        ]}
      />
      <Legend items={names.map((name, index) => ({ name, colour: seriesColour(index), dashed: index === 1 }))} />
    </FigureCard>
  );
}

/** The effect of every period. */
export function PointwiseCard(props: Shown) {
  const { format, tick } = formats(props);
  return (
    <FigureCard
      title="Effect by period"
      hint="Observed less counterfactual; before the start it should stay near 0"
      file={`${props.file}-pointwise`}
      rows={bandRows(props.result.periods, props.result.pointwise)}
      fields={bandFields('Effect', format)}
    >
      <BandChart
        label="Effect by period"
        labels={props.result.periods}
        from={props.result.pre}
        zero
        format={format}
        tick={tick}
        series={[
          {
            name: 'Effect',
            colour: seriesColour(1),
            values: props.result.pointwise.mean,
            low: props.result.pointwise.low,
            high: props.result.pointwise.high,
          },
        ]}
      />
    </FigureCard>
  );
}

/** The running total over all treated units. */
export function CumulativeCard(props: Shown) {
  const { format, tick } = formats(props);
  return (
    <FigureCard
      title="Cumulative effect"
      hint="Over all treated units since the start"
      file={`${props.file}-cumulative`}
      rows={bandRows(props.result.cumulativePeriods, props.result.cumulative)}
      fields={bandFields('Total', format)}
    >
      <BandChart
        label="Cumulative effect since the start"
        labels={props.result.cumulativePeriods}
        zero
        format={format}
        tick={tick}
        series={[
          {
            name: 'Total',
            colour: seriesColour(2),
            values: props.result.cumulative.mean,
            low: props.result.cumulative.low,
            high: props.result.cumulative.high,
          },
        ]}
      />
    </FigureCard>
  );
}

/** Effects by periods since the start, those before it too, where they should be 0. */
export function EventStudyCard(props: Shown) {
  const { format, tick } = formats(props);
  const fields: FigureField<Result['eventStudy'][number]>[] = [
    { key: 'event', label: 'Periods since start', read: (row) => row.event, show: (value) => String(value) },
    { key: 'estimate', label: 'Effect', read: (row) => row.estimate, show: format },
    { key: 'low', label: 'From', read: (row) => row.low, show: format },
    { key: 'high', label: 'To', read: (row) => row.high, show: format },
    { key: 'band_low', label: 'Band from', read: (row) => row.bandLow, show: format },
    { key: 'band_high', label: 'Band to', read: (row) => row.bandHigh, show: format },
    { key: 'p', label: 'p', read: (row) => row.pValue, show: (value) => decimal(value, 3) },
  ];
  return (
    <FigureCard
      title="Event study"
      hint={props.result.parallelTrends?.conclusion ?? 'Effects by periods since the start of the treatment'}
      file={`${props.file}-event-study`}
      rows={[...props.result.eventStudy]}
      fields={fields}
      below={
        <p class="px-4 pb-3 text-xs text-ink-2">
          {props.result.parallelTrends
            ? `Test that nothing moved before the start: p = ${decimal(props.result.parallelTrends.pValue, 3)} over ${plural(props.result.parallelTrends.effects, 'effect')}. Periods are counted from the start of the treatment.`
            : 'Periods are counted from the start of the treatment; those before it are too few to test whether trends were parallel.'}
        </p>
      }
    >
      <IntervalPlot
        label="Effect by periods since the start"
        format={format}
        tick={tick}
        points={props.result.eventStudy.map((row) => ({
          label: String(row.event),
          value: row.estimate,
          low: row.low,
          high: row.high,
          outerLow: row.bandLow,
          outerHigh: row.bandHigh,
          colour: row.event < 0 ? 'var(--ink-2)' : seriesColour(1),
        }))}
      />
    </FigureCard>
  );
}

/** Every unit as if it had been treated. */
export function PlaceboCard(props: Shown) {
  const { format, tick } = formats(props);
  const placebos = () => props.result.placebos!;
  const fields: FigureField<
    Result['placebos'] extends infer P ? (NonNullable<P> extends { units: readonly (infer U)[] } ? U : never) : never
  >[] = [
    { key: 'unit', label: 'Unit', read: (row) => row.unit },
    { key: 'effect', label: 'Effect', read: (row) => row.effect, show: format },
    { key: 'ratio', label: 'Gaps after over before', read: (row) => row.ratio, show: (value) => decimal(value, 1) },
    { key: 'pre_mspe', label: 'Mean squared gap before', read: (row) => row.preMspe, show: format },
    { key: 'post_mspe', label: 'After', read: (row) => row.postMspe, show: format },
  ];
  return (
    <FigureCard
      title="Placebo units"
      hint={`Every unit as if it had been treated. By the ratio of gaps the treated one ranks ${placebos().rank} of ${placebos().units.length}.`}
      file={`${props.file}-placebos`}
      rows={[...placebos().units]}
      fields={fields}
    >
      <DotStrip
        label="Effect of every unit as if it had been treated"
        format={format}
        tick={tick}
        dots={placebos().units.map(({ unit, treated, effect }) => ({ label: unit, value: effect, marked: treated }))}
      />
    </FigureCard>
  );
}
