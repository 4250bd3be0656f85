import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { For, Show, createMemo, createSignal } from 'solid-js';
import { createWidth } from './create-width.ts';
import { nearestIndex } from './nearest-index.ts';

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

const margin = { top: 12, right: 12, bottom: 24, left: 56 };

const day = /^\d{4}-\d{2}-\d{2}$/;
const dayLabel = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** Days are shortened on the axis, which has little room. */
function short(label: string): string {
  return day.test(label) ? dayLabel.format(new Date(`${label}T00:00:00Z`)) : label;
}

function finite(values: readonly (number | null)[] | undefined): number[] {
  return (values ?? []).filter((value): value is number => value !== null && Number.isFinite(value));
}

function createScales(props: BandChartProps, width: () => number, height: () => number) {
  const x = createMemo(() =>
    scaleLinear(
      [0, Math.max(1, props.labels.length - 1)],
      [margin.left, Math.max(margin.left + 1, width() - margin.right)],
    ),
  );
  const y = createMemo(() => {
    const all = props.series.flatMap(({ values, low, high }) => [...finite(values), ...finite(low), ...finite(high)]);
    const [low, high] = [Math.min(...all, ...(props.zero ? [0] : [])), Math.max(...all, ...(props.zero ? [0] : []))];
    const room = low === high ? Math.max(1e-9, Math.abs(low) * 0.1) : 0;
    return scaleLinear([low - room, high + room], [height() - margin.bottom, margin.top]).nice(4);
  });
  const positions = createMemo(() => props.labels.map((_, index) => x()(index)));
  return { y, positions };
}

type Scales = ReturnType<typeof createScales>;

function Axes(props: { scales: Scales; width: number; height: number; chart: BandChartProps }) {
  const wanted = () => Math.max(2, Math.min(8, Math.floor(props.width / 110)));
  const step = () => Math.max(1, Math.ceil(props.chart.labels.length / wanted()));
  return (
    <g class="fill-ink-2 text-[11px]" aria-hidden="true">
      <For each={props.scales.y().ticks(4)}>
        {(value) => (
          <>
            <line
              x1={margin.left}
              x2={props.width - margin.right}
              y1={props.scales.y()(value)}
              y2={props.scales.y()(value)}
              class={value === 0 ? 'stroke-line' : 'stroke-line-soft'}
            />
            <text x={margin.left - 8} y={props.scales.y()(value)} dy="0.32em" text-anchor="end" class="tabular">
              {props.chart.tick(value)}
            </text>
          </>
        )}
      </For>
      <For
        each={props.chart.labels.map((text, index) => ({ text, index })).filter(({ index }) => index % step() === 0)}
      >
        {({ text, index }) => (
          <text
            x={props.scales.positions()[index]}
            y={props.height - 6}
            text-anchor={index === 0 ? 'start' : props.scales.positions()[index]! > props.width - 40 ? 'end' : 'middle'}
          >
            {short(text)}
          </text>
        )}
      </For>
    </g>
  );
}

type Point = readonly [x: number, low: number | null, high: number | null];

function Band(props: { series: BandSeries; scales: Scales }) {
  const points = () =>
    props.series.values.map((_, index): Point => [
      props.scales.positions()[index]!,
      props.series.low?.[index] ?? null,
      props.series.high?.[index] ?? null,
    ]);
  const y = (value: number | null): number => props.scales.y()(value ?? 0);
  const shape = () =>
    area<Point>()
      .x(([x]) => x)
      .y0(([, low]) => y(low))
      .y1(([, , high]) => y(high))
      .defined(([, low, high]) => low !== null && high !== null)(points());
  return <path d={shape() ?? ''} fill={props.series.colour} opacity="0.16" />;
}

function Line(props: { series: BandSeries; scales: Scales }) {
  const points = () => props.series.values.map((value, index) => [props.scales.positions()[index]!, value] as const);
  const path = () =>
    line<readonly [number, number | null]>()
      .x(([x]) => x)
      .y(([, value]) => props.scales.y()(value ?? 0))
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

function Reading(props: { index: number; x: number; width: number; chart: BandChartProps }) {
  const range = ({ low, high }: BandSeries): string => {
    const [from, to] = [low?.[props.index] ?? null, high?.[props.index] ?? null];
    return from === null && to === null ? '' : ` (${props.chart.format(from)} to ${props.chart.format(to)})`;
  };
  return (
    <div
      class="tabular pointer-events-none absolute top-2 z-10 min-w-40 rounded-control bg-raised px-2.5 py-2 text-xs shadow-raised"
      style={props.x > props.width / 2 ? { right: `${props.width - props.x + 10}px` } : { left: `${props.x + 10}px` }}
    >
      <p class="mb-1 font-semibold">{props.chart.labels[props.index]}</p>
      <For each={props.chart.series}>
        {(series) => (
          <p class="flex items-center gap-2">
            <span class="size-2 rounded-full" style={{ background: series.colour }} />
            <span class="flex-1 text-ink-2">{series.name}</span>
            <span class="font-semibold">
              {props.chart.format(series.values[props.index] ?? null)}
              {range(series)}
            </span>
          </p>
        )}
      </For>
    </div>
  );
}

/** Lines with bands over named points, above and below zero, and a mark from a point on. Its table says the same. */
export function BandChart(props: BandChartProps) {
  const { ref, width } = createWidth();
  const height = () => props.height ?? 240;
  const scales = createScales(props, width, height);
  const [index, setIndex] = createSignal(-1);
  const move = (event: PointerEvent & { currentTarget: Element }): void => {
    const left = event.currentTarget.getBoundingClientRect().left;
    setIndex(nearestIndex(scales.positions(), event.clientX - left));
  };
  const at = () => scales.positions()[index()];
  const mark = () => (props.from === undefined ? undefined : scales.positions()[props.from]);
  return (
    <div ref={ref} class="relative w-full" style={{ height: `${height()}px` }}>
      <Show when={width() > 0}>
        <svg
          role="img"
          aria-label={props.label}
          width={width()}
          height={height()}
          onPointerMove={move}
          onPointerLeave={() => setIndex(-1)}
        >
          <Show when={mark() !== undefined}>
            <rect
              x={mark()}
              y={margin.top}
              width={Math.max(0, width() - margin.right - mark()!)}
              height={height() - margin.top - margin.bottom}
              class="fill-sunken"
            />
            <line
              x1={mark()}
              x2={mark()}
              y1={margin.top}
              y2={height() - margin.bottom}
              class="stroke-ink-2"
              stroke-dasharray="4 3"
            />
          </Show>
          <Axes scales={scales} width={width()} height={height()} chart={props} />
          <For each={props.series}>{(series) => <Band series={series} scales={scales} />}</For>
          <For each={props.series}>{(series) => <Line series={series} scales={scales} />}</For>
          <Show when={at() !== undefined}>
            <line
              x1={at()}
              x2={at()}
              y1={margin.top}
              y2={height() - margin.bottom}
              class="stroke-ink-2"
              stroke-dasharray="2 3"
            />
          </Show>
        </svg>
        <Show when={at() !== undefined}>
          <Reading index={index()} x={at()!} width={width()} chart={props} />
        </Show>
      </Show>
    </div>
  );
}
