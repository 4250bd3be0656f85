import { BandChart } from '../../charts/band-chart.tsx';
import { Legend } from '../../charts/legend.tsx';
import { seriesColour } from '../../charts/series-colour.ts';
import type { FigureField } from '../../ui/figure-card.tsx';

/** A period with what was foretold of it, and what happened where that is known. */
export interface ForetoldRow {
  date: string;
  actual: number | null;
  predicted: number;
  low: number;
  high: number;
}

/** Columns of the table under such a chart. */
export function foretoldFields(show: (value: number | null) => string): FigureField<ForetoldRow>[] {
  return [
    { key: 'period', label: 'Period from', read: (row) => row.date },
    { key: 'actual', label: 'Actual', read: (row) => row.actual, show },
    { key: 'predicted', label: 'Foretold', read: (row) => row.predicted, show },
    { key: 'low', label: 'From', read: (row) => row.low, show },
    { key: 'high', label: 'To', read: (row) => row.high, show },
  ];
}

/** What was foretold with its interval, and what happened. */
export function ForetoldChart(props: {
  label: string;
  rows: ForetoldRow[];
  /** Index from which on nothing is known. */
  from?: number | undefined;
  format: (value: number | null) => string;
  tick: (value: number) => string;
}) {
  const colours = [seriesColour(1), seriesColour(0)] as const;
  return (
    <div class="flex flex-col gap-2">
      <Legend
        items={[
          { name: 'Actual', colour: colours[0], dashed: true },
          { name: 'Foretold, 90 % interval', colour: colours[1] },
        ]}
      />
      <BandChart
        label={props.label}
        labels={props.rows.map(({ date }) => date)}
        series={[
          {
            name: 'Foretold',
            colour: colours[1],
            values: props.rows.map(({ predicted }) => predicted),
            low: props.rows.map(({ low }) => low),
            high: props.rows.map(({ high }) => high),
          },
          { name: 'Actual', colour: colours[0], dashed: true, values: props.rows.map(({ actual }) => actual) },
        ]}
        {...(props.from === undefined ? {} : { from: props.from })}
        format={props.format}
        tick={props.tick}
      />
    </div>
  );
}
