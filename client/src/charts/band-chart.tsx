import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { For, Show, createMemo } from 'solid-js';
import { evenly } from './evenly.ts';
import { Levels, type Margin } from './levels.tsx';
import { PointAxis } from './point-axis.tsx';
import { type Frame, ReadingFrame, ReadingRow, Upright } from './reading.tsx';

export interface BandSeries {
  name: string;
  colour: string;
  dashed?: boolean;
  /** One per label; null is a gap. */
  values: readonly (number | null)[];
  /** Bounds around the values; null where there are none. */
  low?: readonly (number | null)[];
  high?: readonly (number | null)[];
}

interface BandChartProps {
  label: string;
  /** Days or any other names of the points, in order. */
  labels: readonly string[];
  series: BandSeries[];
  format: (value: number | null) => string;
  tick: (value: number) => string;
  /** Index from which on the points are marked, e.g. a treatment. */
  from?: number;
  /** Whether 0 belongs on the chart. */
  zero?: boolean;
  height?: number;
}

const margin: Margin = { top: 12, right: 12, bottom: 24, left: 56 };

function finite(values: readonly (number | null)[] | undefined): number[] {
  return (values ?? []).filter((value): value is number => value !== null && Number.isFinite(value));
}

function createScales(props: BandChartProps, height: () => number) {
  const y = createMemo(() => {
    const all = props.series.flatMap(({ values, low, high }) => [...finite(values), ...finite(low), ...finite(high)]);
    const [low, high] = [Math.min(...all, ...(props.zero ? [0] : [])), Math.max(...all, ...(props.zero ? [0] : []))];
    const room = low === high ? Math.max(1e-9, Math.abs(low) * 0.1) : 0;
    return scaleLinear([low - room, high + room], [height() - margin.bottom, margin.top]).nice(4);
  });
  const positions = (width: number) => evenly(props.labels.length, margin.left, width - margin.right);
  return { y, positions };
}

interface Scales {
  y: (value: number) => number;
  positions: readonly number[];
}

type Point = readonly [x: number, low: number | null, high: number | null];

function Band(props: { series: BandSeries; scales: Scales }) {
  const points = () =>
    props.series.values.map((_, index): Point => [
      props.scales.positions[index]!,
      props.series.low?.[index] ?? null,
      props.series.high?.[index] ?? null,
    ]);
  const y = (value: number | null): number => props.scales.y(value ?? 0);
  const shape = () =>
    area<Point>()
      .x(([x]) => x)
      .y0(([, low]) => y(low))
      .y1(([, , high]) => y(high))
      .defined(([, low, high]) => low !== null && high !== null)(points());
  return <path d={shape() ?? ''} fill={props.series.colour} opacity="0.16" />;
}

function Line(props: { series: BandSeries; scales: Scales }) {
  const points = () => props.series.values.map((value, index) => [props.scales.positions[index]!, value] as const);
  const path = () =>
    line<readonly [number, number | null]>()
      .x(([x]) => x)
      .y(([, value]) => props.scales.y(value ?? 0))
      .defined(([, value]) => value !== null)(points());
  return (
    <path
      d={path() ?? ''}
      fill="none"
      stroke={props.series.colour}
      stroke-width="1.75"
      stroke-linejoin="round"
      stroke-dasharray={props.series.dashed ? '5 3' : undefined}
    />
  );
}

function Marked(props: { x: number; width: number; height: number }) {
  return (
    <>
      <rect
        x={props.x}
        y={margin.top}
        width={Math.max(0, props.width - margin.right - props.x)}
        height={props.height - margin.top - margin.bottom}
        class="fill-sunken"
      />
      <Upright x={props.x} height={props.height} margin={margin} dashes="4 3" />
    </>
  );
}

function readingOf(props: BandChartProps, { values, low, high }: BandSeries, index: number): string {
  const [from, to] = [low?.[index] ?? null, high?.[index] ?? null];
  const range = from === null && to === null ? '' : ` (${props.format(from)} to ${props.format(to)})`;
  return `${props.format(values[index] ?? null)}${range}`;
}

function Drawing(props: { frame: Frame; y: ScaleLinear<number, number>; chart: BandChartProps }) {
  const mark = () => (props.chart.from === undefined ? undefined : props.frame.positions[props.chart.from]);
  const scales: Scales = {
    get y() {
      return props.y;
    },
    get positions() {
      return props.frame.positions;
    },
  };
  return (
    <>
      <Show when={mark() !== undefined}>
        <Marked x={mark()!} width={props.frame.width} height={props.frame.height} />
      </Show>
      <Levels y={props.y} width={props.frame.width} margin={margin} tick={props.chart.tick} />
      <PointAxis {...props.frame} labels={props.chart.labels} margin={margin} />
      <For each={props.chart.series}>{(series) => <Band series={series} scales={scales} />}</For>
      <For each={props.chart.series}>{(series) => <Line series={series} scales={scales} />}</For>
    </>
  );
}

/** Lines with bands over named points, above and below zero, and a mark from a point on. Its table says the same. */
export function BandChart(props: BandChartProps) {
  const height = () => props.height ?? 240;
  const { y, positions } = createScales(props, height);
  return (
    <ReadingFrame
      label={props.label}
      height={height()}
      margin={margin}
      positions={positions}
      nameOf={(index) => props.labels[index]!}
      rows={(index) => (
        <For each={props.series}>
          {(series) => <ReadingRow name={series.name} colour={series.colour} value={readingOf(props, series, index)} />}
        </For>
      )}
    >
      {(frame) => <Drawing frame={frame} y={y()} chart={props} />}
    </ReadingFrame>
  );
}
