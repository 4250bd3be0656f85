import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { For, Show, createMemo } from 'solid-js';
import { createWidth } from './create-width.ts';
import { Levels, type Margin } from './levels.tsx';
import { Mark } from './mark.tsx';

export interface ScatterPoint {
  name: string;
  x: number;
  y: number;
}

interface ScatterProps {
  label: string;
  /** Points that matter: drawn large, and chosen by a click. */
  points: ScatterPoint[];
  /** What lies around them. */
  others: { x: number; y: number }[];
  chosen?: string;
  onChoose?: (name: string) => void;
  xLabel: string;
  yLabel: string;
  xTick: (value: number) => string;
  yTick: (value: number) => string;
  /** Whether a line leads along the points. */
  joined?: boolean;
}

const margin: Margin = { top: 26, right: 16, bottom: 42, left: 52 };
const height = 320;

type Scale = ScaleLinear<number, number>;

/** From the lowest to the highest of the values, with round ends. */
function scaleOf(values: readonly number[], range: [number, number]): Scale {
  return scaleLinear([Math.min(...values), Math.max(...values)], range).nice(5);
}

function Axes(props: { x: Scale; y: Scale; width: number; chart: ScatterProps }) {
  return (
    <g class="tabular fill-ink-2 text-[11px]" aria-hidden="true">
      <Levels y={props.y} width={props.width} margin={margin} tick={props.chart.yTick} />
      <For each={props.x.ticks(props.width < 500 ? 4 : 8)}>
        {(value) => (
          <text x={props.x(value)} y={height - margin.bottom + 16} text-anchor="middle">
            {props.chart.xTick(value)}
          </text>
        )}
      </For>
      <text x={margin.left} y={12} class="font-semibold">
        {props.chart.yLabel}
      </text>
      <text x={props.width - margin.right} y={height - 6} text-anchor="end" class="font-semibold">
        {props.chart.xLabel}
      </text>
    </g>
  );
}

function Point(props: { point: ScatterPoint; x: Scale; y: Scale; chart: ScatterProps }) {
  const isChosen = () => props.chart.chosen === props.point.name;
  const [x, y] = [() => props.x(props.point.x), () => props.y(props.point.y)];
  return (
    <g class={props.chart.onChoose ? 'cursor-pointer' : ''} onClick={() => props.chart.onChoose?.(props.point.name)}>
      <circle cx={x()} cy={y()} r="12" fill="transparent" />
      <Show when={isChosen()}>
        <circle cx={x()} cy={y()} r="9" fill="none" class="stroke-ink" stroke-width="1.5" />
      </Show>
      <Mark shape={0} x={x()} y={y()} colour="var(--series-1)" size={80} />
      <title>{`${props.point.name}: ${props.chart.yTick(props.point.y)} and ${props.chart.xTick(props.point.x)}`}</title>
    </g>
  );
}

/** Two measures of many things against each other, with some that matter. Its table says the same. */
export function Scatter(props: ScatterProps) {
  const { ref, width } = createWidth();
  const all = createMemo(() => [...props.points, ...props.others]);
  const x = createMemo(() =>
    scaleOf(
      all().map((point) => point.x),
      [margin.left, Math.max(margin.left + 1, width() - margin.right)],
    ),
  );
  const y = createMemo(() =>
    scaleOf(
      all().map((point) => point.y),
      [height - margin.bottom, margin.top],
    ),
  );
  const path = () =>
    props.points
      .toSorted((a, b) => a.x - b.x)
      .map((point) => `${x()(point.x)},${y()(point.y)}`)
      .join(' ');
  return (
    <div ref={ref} class="w-full" style={{ height: `${height}px` }}>
      <Show when={width() > 0}>
        <svg role="img" aria-label={props.label} width={width()} height={height}>
          <Axes x={x()} y={y()} width={width()} chart={props} />
          <For each={props.others}>
            {(point) => <circle cx={x()(point.x)} cy={y()(point.y)} r="2.5" class="fill-ink-2" opacity="0.35" />}
          </For>
          <Show when={props.joined}>
            <polyline points={path()} fill="none" stroke="var(--series-1)" stroke-width="1.5" opacity="0.6" />
          </Show>
          <For each={props.points}>{(point) => <Point point={point} x={x()} y={y()} chart={props} />}</For>
        </svg>
      </Show>
    </div>
  );
}
