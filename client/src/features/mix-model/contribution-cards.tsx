import { createMemo } from 'solid-js';
import { BandChart } from '../../charts/band-chart.tsx';
import { Legend } from '../../charts/legend.tsx';
import { seriesColour } from '../../charts/series-colour.ts';
import { StackedArea } from '../../charts/stacked-area.tsx';
import { FigureCard, type FigureField } from '../../ui/figure-card.tsx';
import { percent } from '../../ui/format.ts';
import { kpiTick, kpiValue, partNames } from './mix-names.ts';
import type { Shown } from './mix-result.tsx';

interface PeriodRow {
  date: string;
  index: number;
}

/** First period that was held out; undefined when there are none. */
function heldOut({ model }: Shown): number | undefined {
  const fitted = model.diagnosis?.inSample.periods ?? model.dates.length;
  return fitted < model.dates.length ? fitted : undefined;
}

/** What makes up the KPI over time: what is not media at the bottom, channels on top of it. */
export function ContributionsCard(props: Shown) {
  const format = (value: number | null): string => kpiValue(value, props.inputs);
  const media = () => props.model.series.filter(({ kind }) => kind === 'channel');
  const rest = () => props.model.series.filter(({ kind }) => kind !== 'channel');
  const layers = createMemo(() => [
    {
      name: 'Without media',
      colour: 'color-mix(in srgb, var(--ink-2) 40%, var(--panel))',
      values: props.model.dates.map((_, index) => rest().reduce((sum, { mean }) => sum + mean[index]!, 0)),
    },
    ...media().map(({ name, mean }, index) => ({ name, colour: seriesColour(index), values: mean })),
  ]);
  const rows = (): PeriodRow[] => props.model.dates.map((date, index) => ({ date, index }));
  const fields = (): FigureField<PeriodRow>[] => [
    { key: 'period', label: 'Period', read: (row) => row.date },
    { key: 'observed', label: 'Observed', read: (row) => props.model.fit?.actual[row.index] ?? null, show: format },
    ...props.model.series.map(({ name, mean }): FigureField<PeriodRow> => ({
      key: name,
      label: partNames[name] ?? name,
      read: (row) => mean[row.index] ?? null,
      show: format,
    })),
  ];
  const from = heldOut(props);
  return (
    <FigureCard
      title="Contributions over time"
      hint={`Posterior means; the line is what was observed${from === undefined ? '' : ', held out from the dashed line on'}`}
      file={`${props.file}-contributions`}
      rows={rows()}
      fields={fields()}
    >
      <StackedArea
        label="Contributions of channels and of everything else over time; the table has the numbers"
        labels={props.model.dates}
        layers={layers()}
        {...(props.model.fit ? { line: { name: 'Observed', values: props.model.fit.actual } } : {})}
        {...(from === undefined ? {} : { from })}
        format={format}
        tick={(value) => kpiTick(value, props.inputs)}
      />
      <Legend items={layers().map(({ name, colour }) => ({ name, colour }))} />
    </FigureCard>
  );
}

/** The KPI as the model has it beside what it was. */
export function FitCard(props: Shown) {
  const format = (value: number | null): string => kpiValue(value, props.inputs);
  const fit = () => props.model.fit!;
  const rows = (): PeriodRow[] => props.model.dates.map((date, index) => ({ date, index }));
  const fields: FigureField<PeriodRow>[] = [
    { key: 'period', label: 'Period', read: (row) => row.date },
    { key: 'observed', label: 'Observed', read: (row) => fit().actual[row.index]!, show: format },
    { key: 'expected', label: 'Expected', read: (row) => fit().mean[row.index]!, show: format },
    { key: 'low', label: 'From', read: (row) => fit().low[row.index]!, show: format },
    { key: 'high', label: 'To', read: (row) => fit().high[row.index]!, show: format },
    {
      key: 'residual',
      label: 'Residual',
      read: (row) => fit().actual[row.index]! - fit().mean[row.index]!,
      show: format,
    },
  ];
  const from = heldOut(props);
  const inside = () => percent(props.model.diagnosis?.inSample.coverage, 0);
  return (
    <FigureCard
      title="Fit"
      hint={`${inside()} of the periods lie inside their 90 % interval${from === undefined ? '' : '; periods held out are shaded'}`}
      file={`${props.file}-fit`}
      rows={rows()}
      fields={fields}
    >
      <BandChart
        label="Observed and expected over time; the table has the numbers"
        labels={props.model.dates}
        {...(from === undefined ? {} : { from })}
        format={format}
        tick={(value) => kpiTick(value, props.inputs)}
        series={[
          { name: 'Observed', colour: seriesColour(0), values: fit().actual },
          {
            name: 'Expected',
            colour: seriesColour(1),
            dashed: true,
            values: fit().mean,
            low: fit().low,
            high: fit().high,
          },
        ]}
      />
      <Legend
        items={[
          { name: 'Observed', colour: seriesColour(0) },
          { name: 'Expected, 90 % interval', colour: seriesColour(1), dashed: true },
        ]}
      />
    </FigureCard>
  );
}
