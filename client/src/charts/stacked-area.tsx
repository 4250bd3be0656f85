import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { For, Show, createMemo } from 'solid-js';
import { evenly } from './evenly.ts';
import { Levels, type Margin } from './levels.tsx';
import { PointAxis } from './point-axis.tsx';
import { type Frame, ReadingFrame, ReadingRow, Upright } from './reading.tsx';

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

const margin: Margin = { top: 12, right: 12, bottom: 24, left: 60 };

/** Lower and upper edge of every layer at every point. */
function stack(layers: readonly AreaLayer[]): { low: number[]; high: number[] }[] {
  const reached = (layers[0]?.values ?? []).map(() => 0);
  return layers.map(({ values }) => {
    const low = [...reached];
    values.forEach((value, index) => (reached[index]! += value));
    return { low, high: [...reached] };
  });
}

function createScales(props: StackedAreaProps, height: () => number) {
  const edges = createMemo(() => stack(props.layers));
  const y = createMemo(() => {
    const all = [0, ...edges().flatMap(({ low, high }) => [...low, ...high]), ...(props.line?.values ?? [])];
    return scaleLinear([Math.min(...all), Math.max(...all)], [height() - margin.bottom, margin.top]).nice(4);
  });
  const positions = (width: number) => evenly(props.labels.length, margin.left, width - margin.right);
  return { edges, y, positions };
}

interface Scales {
  edge: { low: number[]; high: number[] };
  y: (value: number) => number;
  positions: readonly number[];
}

function Layer(props: Scales & { colour: string }) {
  const path = () =>
    area<number>()
      .x((index) => props.positions[index]!)
      .y0((index) => props.y(props.edge.low[index]!))
      .y1((index) => props.y(props.edge.high[index]!))(props.edge.low.map((_, index) => index));
  return <path d={path() ?? ''} fill={props.colour} opacity="0.8" stroke="var(--panel)" stroke-width="0.75" />;
}

function Observed(props: Omit<Scales, 'edge'> & { values: readonly number[] }) {
  const path = () =>
    line<number>()
      .x((_, index) => props.positions[index]!)
      .y((value) => props.y(value))([...props.values]);
  return <path d={path() ?? ''} fill="none" class="stroke-ink" stroke-width="1.5" stroke-linejoin="round" />;
}

function Drawing(props: { frame: Frame; scales: ReturnType<typeof createScales>; chart: StackedAreaProps }) {
  const y = () => props.scales.y();
  const mark = () => (props.chart.from === undefined ? undefined : props.frame.positions[props.chart.from]);
  return (
    <>
      <Levels y={y()} width={props.frame.width} margin={margin} tick={props.chart.tick} />
      <PointAxis {...props.frame} labels={props.chart.labels} margin={margin} />
      <For each={props.chart.layers}>
        {({ colour }, place) => (
          <Layer colour={colour} edge={props.scales.edges()[place()]!} y={y()} positions={props.frame.positions} />
        )}
      </For>
      <Show when={props.chart.line}>
        {(own) => <Observed values={own().values} y={y()} positions={props.frame.positions} />}
      </Show>
      <Show when={mark() !== undefined}>
        <Upright x={mark()!} height={props.frame.height} margin={margin} dashes="4 3" />
      </Show>
    </>
  );
}

/** Parts of a whole over named points, one on top of the other. Its table says the same. */
export function StackedArea(props: StackedAreaProps) {
  const height = () => props.height ?? 300;
  const scales = createScales(props, height);
  return (
    <ReadingFrame
      label={props.label}
      height={height()}
      margin={margin}
      positions={scales.positions}
      nameOf={(index) => props.labels[index]!}
      rows={(index) => (
        <>
          <Show when={props.line}>
            {(own) => (
              <ReadingRow name={own().name} colour="var(--ink)" value={props.format(own().values[index] ?? null)} />
            )}
          </Show>
          <For each={props.layers.toReversed()}>
            {(layer) => (
              <ReadingRow name={layer.name} colour={layer.colour} value={props.format(layer.values[index] ?? null)} />
            )}
          </For>
        </>
      )}
    >
      {(frame) => <Drawing frame={frame} scales={scales} chart={props} />}
    </ReadingFrame>
  );
}
