import { scaleLinear } from 'd3-scale';
import { For, Show, createMemo, createSignal } from 'solid-js';
import { createWidth } from './create-width.ts';
import { Mark } from './mark.tsx';
import { RowLabel, nameRoom } from './row-label.tsx';

export interface DotRow {
  label: string;
  /** One value per series, `null` where there is none. */
  values: (number | null)[];
}

interface DotPlotProps {
  label: string;
  rows: DotRow[];
  series: { name: string; colour: string; shape: number }[];
  format: (value: number | null) => string;
}

const rowHeight = 34;
const spread = 16;
const bottom = 24;

function Row(props: {
  row: DotRow;
  index: number;
  x: (value: number) => number;
  left: number;
  width: number;
  plot: DotPlotProps;
  bold: number;
}) {
  const y = () => props.index * rowHeight + rowHeight / 2;
  // Points of models that agree would hide each other on one line.
  const offset = (series: number): number => (series / Math.max(1, props.plot.series.length - 1) - 0.5) * spread;
  const known = () => props.row.values.filter((value) => value !== null);
  return (
    <g>
      <RowLabel name={props.row.label} x={props.left - 12} y={y()} />
      <line x1={props.left} x2={props.width} y1={y()} y2={y()} class="stroke-line-soft" />
      <Show when={known().length > 1}>
        <line
          x1={props.x(Math.min(...known()))}
          x2={props.x(Math.max(...known()))}
          y1={y()}
          y2={y()}
          class="stroke-line"
          stroke-width={spread + 8}
          stroke-linecap="round"
          opacity="0.35"
        />
      </Show>
      <For each={props.row.values}>
        {(value, series) => (
          <Show when={value !== null}>
            <g opacity={props.bold === -1 || props.bold === series() ? 1 : 0.15}>
              <Mark
                shape={props.plot.series[series()]!.shape}
                x={props.x(value!)}
                y={y() + offset(series())}
                colour={props.plot.series[series()]!.colour}
              />
              <title>{`${props.row.label}, ${props.plot.series[series()]!.name}: ${props.plot.format(value)}`}</title>
            </g>
          </Show>
        )}
      </For>
    </g>
  );
}

/** Per row one point for each series on a common scale: where they lie apart, the series disagree. */
export function DotPlot(props: DotPlotProps) {
  const { ref, width } = createWidth();
  const [bold, setBold] = createSignal(-1);
  const left = () =>
    nameRoom(
      props.rows.map(({ label }) => label),
      width(),
    );
  const height = () => props.rows.length * rowHeight + bottom;
  const x = createMemo(() => {
    const top = Math.max(1e-9, ...props.rows.flatMap((row) => row.values.map((value) => value ?? 0)));
    return scaleLinear([0, top], [left(), Math.max(left() + 1, width() - 14)]).nice(5);
  });
  return (
    <div class="flex flex-col gap-3">
      <ul class="flex flex-wrap gap-x-1 gap-y-1">
        <For each={props.series}>
          {(series, index) => (
            <li>
              <button
                type="button"
                class="flex h-6 items-center gap-1.5 rounded-full px-2 text-xs text-ink-2 hover:bg-hover hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-ink"
                aria-pressed={bold() === index()}
                onClick={() => setBold((now) => (now === index() ? -1 : index()))}
              >
                <svg width="12" height="12" aria-hidden="true">
                  <Mark shape={series.shape} x={6} y={6} colour={series.colour} />
                </svg>
                {series.name}
              </button>
            </li>
          )}
        </For>
      </ul>
      <div ref={ref} class="w-full" style={{ height: `${height()}px` }}>
        <Show when={width() > 0}>
          <svg role="img" aria-label={props.label} width={width()} height={height()}>
            <For each={x().ticks(width() < 500 ? 3 : 6)}>
              {(tick) => (
                <g aria-hidden="true">
                  <line x1={x()(tick)} x2={x()(tick)} y1={0} y2={height() - bottom} class="stroke-line-soft" />
                  <text x={x()(tick)} y={height() - 8} text-anchor="middle" class="tabular fill-ink-2 text-[11px]">
                    {props.format(tick)}
                  </text>
                </g>
              )}
            </For>
            <For each={props.rows}>
              {(row, index) => (
                <Row row={row} index={index()} x={x()} left={left()} width={width()} plot={props} bold={bold()} />
              )}
            </For>
          </svg>
        </Show>
      </div>
    </div>
  );
}
