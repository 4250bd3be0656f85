import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';
import { For, Show, createMemo } from 'solid-js';
import { Levels, type Margin } from './levels.tsx';
import { lonelyPoints } from './lonely-points.ts';
import { type Frame, ReadingFrame, ReadingRow } from './reading.tsx';

export interface Series {
  name: string;
  colour: string;
  /** A dashed line tells series apart without colour. */
  dashed?: boolean;
  /** `null` is a gap, never a straight line across it. */
  values: (number | null)[];
}

interface TimeSeriesProps {
  label: string;
  /** Days, ascending, `YYYY-MM-DD`. */
  dates: string[];
  series: Series[];
  format: (value: number | null) => string;
  tick: (value: number) => string;
  height?: number;
  /** What a point is called; its day when absent. */
  nameOf?: (day: string) => string;
}

const margin: Margin = { top: 12, right: 12, bottom: 24, left: 52 };
const dayLabel = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });
const monthLabel = new Intl.DateTimeFormat('en', { month: 'short', year: '2-digit', timeZone: 'UTC' });
const fullLabel = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

function dayName(day: string): string {
  return fullLabel.format(new Date(`${day}T00:00:00Z`));
}

function createScales(props: TimeSeriesProps, height: () => number) {
  const times = createMemo(() => props.dates.map((day) => Date.parse(`${day}T00:00:00Z`)));
  const x = (width: number) =>
    scaleUtc([times()[0] ?? 0, times().at(-1) ?? 1], [margin.left, Math.max(margin.left + 1, width - margin.right)]);
  const y = createMemo(() => {
    const top = Math.max(1e-9, ...props.series.flatMap((series) => series.values.map((value) => value ?? 0)));
    return scaleLinear([0, top], [height() - margin.bottom, margin.top]).nice(4);
  });
  const positions = (width: number): number[] => {
    const scale = x(width);
    return times().map((time) => scale(time));
  };
  return { times, x, y, positions };
}

type Scales = ReturnType<typeof createScales>;

function DayAxis(props: { scales: Scales; frame: Frame }) {
  const x = createMemo(() => props.scales.x(props.frame.width));
  const ticks = () => x().ticks(Math.max(2, Math.min(8, Math.floor(props.frame.width / 110))));
  const long = () =>
    props.scales.times().length > 1 && props.scales.times().at(-1)! - props.scales.times()[0]! > 200 * 864e5;
  return (
    <g class="fill-ink-2 text-[11px]" aria-hidden="true">
      <For each={ticks()}>
        {(instant) => (
          <text
            x={x()(instant)}
            y={props.frame.height - 6}
            text-anchor={x()(instant) > props.frame.width - 30 ? 'end' : 'middle'}
          >
            {(long() ? monthLabel : dayLabel).format(instant)}
          </text>
        )}
      </For>
    </g>
  );
}

function Lines(props: { series: Series; y: (value: number) => number; positions: readonly number[]; filled: boolean }) {
  const points = () => props.series.values.map((value, index) => [props.positions[index]!, value] as const);
  const defined = ([, value]: readonly [number, number | null]): boolean => value !== null;
  const y = (value: number | null): number => props.y(value ?? 0);
  const path = () =>
    line<readonly [number, number | null]>(
      (point) => point[0],
      (point) => y(point[1]),
    ).defined(defined)(points());
  const below = () =>
    area<readonly [number, number | null]>(
      (point) => point[0],
      y(0),
      (point) => y(point[1]),
    ).defined(defined)(points());
  return (
    <>
      <Show when={props.filled}>
        <path d={below() ?? ''} fill={props.series.colour} opacity="0.08" />
      </Show>
      <path
        d={path() ?? ''}
        fill="none"
        stroke={props.series.colour}
        stroke-width="1.75"
        stroke-linejoin="round"
        stroke-dasharray={props.series.dashed ? '5 3' : undefined}
      />
      <For each={lonelyPoints(props.series.values)}>
        {(index) => (
          <circle cx={props.positions[index]} cy={y(props.series.values[index]!)} r="2.5" fill={props.series.colour} />
        )}
      </For>
    </>
  );
}

function Drawing(props: { frame: Frame; scales: Scales; chart: TimeSeriesProps }) {
  const y = () => props.scales.y();
  const read = (series: Series): number | null => series.values[props.frame.at?.index ?? -1] ?? null;
  return (
    <>
      <Levels y={y()} width={props.frame.width} margin={margin} tick={props.chart.tick} />
      <DayAxis scales={props.scales} frame={props.frame} />
      <For each={props.chart.series}>
        {(series, place) => <Lines series={series} y={y()} positions={props.frame.positions} filled={place() === 0} />}
      </For>
      <For each={props.chart.series}>
        {(series) => (
          <Show when={read(series) !== null}>
            <circle
              cx={props.frame.at?.x}
              cy={y()(read(series)!)}
              r="3.5"
              fill={series.colour}
              class="stroke-panel"
              stroke-width="1.5"
            />
          </Show>
        )}
      </For>
    </>
  );
}

/** Lines over days with a reading under the pointer. The words under `label` tell the same without looking. */
export function TimeSeries(props: TimeSeriesProps) {
  const height = () => props.height ?? 240;
  const scales = createScales(props, height);
  return (
    <ReadingFrame
      label={props.label}
      height={height()}
      margin={margin}
      positions={scales.positions}
      nameOf={(index) => (props.nameOf ?? dayName)(props.dates[index]!)}
      rows={(index) => (
        <For each={props.series}>
          {(series) => (
            <ReadingRow name={series.name} colour={series.colour} value={props.format(series.values[index] ?? null)} />
          )}
        </For>
      )}
    >
      {(frame) => <Drawing frame={frame} scales={scales} chart={props} />}
    </ReadingFrame>
  );
}
