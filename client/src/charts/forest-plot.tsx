import { scaleLinear } from 'd3-scale';
import { For, Show, createMemo } from 'solid-js';
import { createWidth } from './create-width.ts';
import { Mark } from './mark.tsx';
import { RowLabel, nameRoom } from './row-label.tsx';

interface ForestValue {
  mean: number;
  low: number;
  high: number;
}

export interface ForestRow {
  label: string;
  /** One per series; null where there is none. */
  values: (ForestValue | null)[];
}

interface ForestPlotProps {
  label: string;
  rows: ForestRow[];
  series: { name: string; colour: string; shape: number }[];
  format: (value: number | null) => string;
  tick: (value: number) => string;
  /** A line that matters, e.g. a return of 1. */
  reference?: number;
}

const bottom = 24;
const lane = 18;

function Row(props: {
  row: ForestRow;
  top: number;
  x: (value: number) => number;
  left: number;
  plot: ForestPlotProps;
}) {
  const title = (series: number, { mean, low, high }: ForestValue): string =>
    `${props.row.label}, ${props.plot.series[series]!.name}: ${props.plot.format(mean)} (${props.plot.format(low)} to ${props.plot.format(high)})`;
  return (
    <g>
      <RowLabel name={props.row.label} x={props.left - 12} y={props.top + (props.plot.series.length * lane) / 2} />
      <For each={props.row.values}>
        {(value, series) => (
          <Show when={value}>
            {(value) => (
              <g>
                <line
                  x1={props.x(value().low)}
                  x2={props.x(value().high)}
                  y1={props.top + (series() + 0.5) * lane}
                  y2={props.top + (series() + 0.5) * lane}
                  stroke={props.plot.series[series()]!.colour}
                  stroke-width="3"
                  stroke-linecap="round"
                  opacity="0.5"
                />
                <Mark
                  shape={props.plot.series[series()]!.shape}
                  x={props.x(value().mean)}
                  y={props.top + (series() + 0.5) * lane}
                  colour={props.plot.series[series()]!.colour}
                />
                <title>{title(series(), value())}</title>
              </g>
            )}
          </Show>
        )}
      </For>
    </g>
  );
}

/** Estimates with their intervals, one below the other on a common scale. Its table says the same. */
export function ForestPlot(props: ForestPlotProps) {
  const { ref, width } = createWidth();
  const left = () =>
    nameRoom(
      props.rows.map(({ label }) => label),
      width(),
    );
  const rowHeight = () => Math.max(32, props.series.length * lane + 10);
  const height = () => props.rows.length * rowHeight() + bottom;
  const x = createMemo(() => {
    const all = props.rows.flatMap(({ values }) => values.flatMap((value) => (value ? [value.low, value.high] : [])));
    const [low, high] = [Math.min(0, ...all), Math.max(1e-9, props.reference ?? 0, ...all)];
    return scaleLinear([low, high], [left(), Math.max(left() + 1, width() - 16)]).nice(5);
  });
  return (
    <div ref={ref} class="w-full" style={{ height: `${height()}px` }}>
      <Show when={width() > 0}>
        <svg role="img" aria-label={props.label} width={width()} height={height()}>
          <g aria-hidden="true">
            <For each={x().ticks(width() < 500 ? 3 : 6)}>
              {(tick) => (
                <>
                  <line x1={x()(tick)} x2={x()(tick)} y1={0} y2={height() - bottom} class="stroke-line-soft" />
                  <text x={x()(tick)} y={height() - 8} text-anchor="middle" class="tabular fill-ink-2 text-[11px]">
                    {props.tick(tick)}
                  </text>
                </>
              )}
            </For>
            <Show when={props.reference !== undefined}>
              <line
                x1={x()(props.reference!)}
                x2={x()(props.reference!)}
                y1={0}
                y2={height() - bottom}
                class="stroke-ink-2"
                stroke-dasharray="4 3"
              />
            </Show>
          </g>
          <For each={props.rows}>
            {(row, index) => <Row row={row} top={index() * rowHeight() + 5} x={x()} left={left()} plot={props} />}
          </For>
        </svg>
      </Show>
    </div>
  );
}
