import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { For, Show, createMemo, createSignal } from 'solid-js';
import { createWidth } from './create-width.ts';
import { nearestIndex } from './nearest-index.ts';

export interface AreaLayer {
  name: string;
  colour: string;
  values: readonly number[];
}

interface StackedAreaProps {
  label: string;
  /** Days or any other names of the points, in order. */
  labels: readonly string[];
  /** From the bottom up. */
  layers: AreaLayer[];
  /** A line over the layers, e.g. what was observed. */
  line?: { name: string; values: readonly number[] };
  format: (value: number | null) => string;
  tick: (value: number) => string;
  /** Index from which on the points are marked. */
  from?: number;
  height?: number;
}

const margin = { top: 12, right: 12, bottom: 24, left: 60 };

/** Lower and upper edge of every layer at every point. */
function stack(layers: readonly AreaLayer[]): { low: number[]; high: number[] }[] {
  const reached = (layers[0]?.values ?? []).map(() => 0);
  return layers.map(({ values }) => {
    const low = [...reached];
    values.forEach((value, index) => (reached[index]! += value));
    return { low, high: [...reached] };
  });
}

function createScales(props: StackedAreaProps, width: () => number, height: () => number) {
  const edges = createMemo(() => stack(props.layers));
  const x = createMemo(() =>
    scaleLinear(
      [0, Math.max(1, props.labels.length - 1)],
      [margin.left, Math.max(margin.left + 1, width() - margin.right)],
    ),
  );
  const y = createMemo(() => {
    const all = [0, ...edges().flatMap(({ low, high }) => [...low, ...high]), ...(props.line?.values ?? [])];
    return scaleLinear([Math.min(...all), Math.max(...all)], [height() - margin.bottom, margin.top]).nice(4);
  });
  const positions = createMemo(() => props.labels.map((_, index) => x()(index)));
  return { edges, y, positions };
}

type Scales = ReturnType<typeof createScales>;

function Axes(props: { scales: Scales; width: number; height: number; chart: StackedAreaProps }) {
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
            {text}
          </text>
        )}
      </For>
    </g>
  );
}

function Layer(props: { place: number; layer: AreaLayer; scales: Scales }) {
  const path = () => {
    const { low, high } = props.scales.edges()[props.place]!;
    return area<number>()
      .x((index) => props.scales.positions()[index]!)
      .y0((index) => props.scales.y()(low[index]!))
      .y1((index) => props.scales.y()(high[index]!))(low.map((_, index) => index));
  };
  return <path d={path() ?? ''} fill={props.layer.colour} opacity="0.8" stroke="var(--panel)" stroke-width="0.75" />;
}

function Observed(props: { values: readonly number[]; scales: Scales }) {
  const path = () =>
    line<number>()
      .x((_, index) => props.scales.positions()[index]!)
      .y((value) => props.scales.y()(value))([...props.values]);
  return <path d={path() ?? ''} fill="none" class="stroke-ink" stroke-width="1.5" stroke-linejoin="round" />;
}

function Reading(props: { index: number; x: number; width: number; chart: StackedAreaProps }) {
  const row = (name: string, colour: string, value: number | undefined) => (
    <p class="flex items-center gap-2">
      <span class="size-2 rounded-full" style={{ background: colour }} />
      <span class="flex-1 text-ink-2">{name}</span>
      <span class="font-semibold">{props.chart.format(value ?? null)}</span>
    </p>
  );
  return (
    <div
      class="tabular pointer-events-none absolute top-2 z-10 min-w-40 rounded-control bg-raised px-2.5 py-2 text-xs shadow-raised"
      style={props.x > props.width / 2 ? { right: `${props.width - props.x + 10}px` } : { left: `${props.x + 10}px` }}
    >
      <p class="mb-1 font-semibold">{props.chart.labels[props.index]}</p>
      <Show when={props.chart.line}>{(own) => row(own().name, 'var(--ink)', own().values[props.index])}</Show>
      <For each={props.chart.layers.toReversed()}>
        {(layer) => row(layer.name, layer.colour, layer.values[props.index])}
      </For>
    </div>
  );
}

/** Parts of a whole over named points, one on top of the other. Its table says the same. */
export function StackedArea(props: StackedAreaProps) {
  const { ref, width } = createWidth();
  const height = () => props.height ?? 300;
  const scales = createScales(props, width, height);
  const [index, setIndex] = createSignal(-1);
  const move = (event: PointerEvent & { currentTarget: Element }): void => {
    const left = event.currentTarget.getBoundingClientRect().left;
    setIndex(nearestIndex(scales.positions(), event.clientX - left));
  };
  const at = () => scales.positions()[index()];
  const mark = () => (props.from === undefined ? undefined : scales.positions()[props.from]);
  const upright = (x: number, dashes: string) => (
    <line x1={x} x2={x} y1={margin.top} y2={height() - margin.bottom} class="stroke-ink-2" stroke-dasharray={dashes} />
  );
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
          <Axes scales={scales} width={width()} height={height()} chart={props} />
          <For each={props.layers}>{(layer, place) => <Layer layer={layer} place={place()} scales={scales} />}</For>
          <Show when={props.line}>{(own) => <Observed values={own().values} scales={scales} />}</Show>
          <Show when={mark() !== undefined}>{upright(mark()!, '4 3')}</Show>
          <Show when={at() !== undefined}>{upright(at()!, '2 3')}</Show>
        </svg>
        <Show when={at() !== undefined}>
          <Reading index={index()} x={at()!} width={width()} chart={props} />
        </Show>
      </Show>
    </div>
  );
}
