import { scaleLinear, scalePoint } from 'd3-scale';
import { For, Show, createMemo } from 'solid-js';
import { createWidth } from './create-width.ts';
import { Levels, type Margin } from './levels.tsx';

export interface IntervalPoint {
  label: string;
  value: number;
  low: number | null;
  high: number | null;
  /** Wider bounds, drawn thin. */
  outerLow?: number | null;
  outerHigh?: number | null;
  colour: string;
}

const margin: Margin = { top: 12, right: 16, bottom: 26, left: 56 };

function Interval(props: {
  point: IntervalPoint;
  size: number;
  x: number;
  y: (value: number) => number;
  title: string;
}) {
  return (
    <g>
      <Show when={typeof props.point.outerLow === 'number' && typeof props.point.outerHigh === 'number'}>
        <line
          x1={props.x}
          x2={props.x}
          y1={props.y(props.point.outerLow!)}
          y2={props.y(props.point.outerHigh!)}
          stroke={props.point.colour}
          stroke-width="1"
          stroke-dasharray="2 2"
        />
      </Show>
      <Show when={props.point.low !== null && props.point.high !== null}>
        <line
          x1={props.x}
          x2={props.x}
          y1={props.y(props.point.low!)}
          y2={props.y(props.point.high!)}
          stroke={props.point.colour}
          stroke-width={Math.min(3, props.size)}
          stroke-linecap="round"
          opacity="0.55"
        />
      </Show>
      <circle
        cx={props.x}
        cy={props.y(props.point.value)}
        r={props.size}
        fill={props.point.colour}
        class="stroke-panel"
      />
      <title>{props.title}</title>
    </g>
  );
}

/** Estimates with their intervals side by side, around a line at zero. Its table says the same. */
export function IntervalPlot(props: {
  label: string;
  points: IntervalPoint[];
  format: (value: number | null) => string;
  tick: (value: number) => string;
  height?: number;
}) {
  const { ref, width } = createWidth();
  const height = () => props.height ?? 240;
  const x = createMemo(() =>
    scalePoint(
      props.points.map((_, index) => index),
      [margin.left, Math.max(margin.left + 1, width() - margin.right)],
    ).padding(0.5),
  );
  const y = createMemo(() => {
    const all = props.points.flatMap(({ value, low, high, outerLow, outerHigh }) =>
      [value, low, high, outerLow, outerHigh].filter((own): own is number => typeof own === 'number'),
    );
    return scaleLinear([Math.min(0, ...all), Math.max(0, ...all)], [height() - margin.bottom, margin.top]).nice(4);
  });
  // Many points make way for each other.
  const size = () => Math.max(1.5, Math.min(4, (width() - margin.left - margin.right) / props.points.length / 2));
  const step = () => Math.max(1, Math.ceil(props.points.length / Math.max(2, Math.floor(width() / 42))));
  return (
    <div ref={ref} class="w-full" style={{ height: `${height()}px` }}>
      <Show when={width() > 0}>
        <svg role="img" aria-label={props.label} width={width()} height={height()}>
          <Levels y={y()} width={width()} margin={margin} tick={props.tick} zero="stroke-ink-2" />
          <For each={props.points}>
            {(point, index) => (
              <>
                <Interval
                  point={point}
                  size={size()}
                  x={x()(index())!}
                  y={y()}
                  title={`${point.label}: ${props.format(point.value)} (${props.format(point.low)} to ${props.format(point.high)})`}
                />
                <Show when={index() % step() === 0}>
                  <text
                    x={x()(index())}
                    y={height() - 6}
                    text-anchor="middle"
                    class="fill-ink-2 text-[11px]"
                    aria-hidden="true"
                  >
                    {point.label}
                  </text>
                </Show>
              </>
            )}
          </For>
        </svg>
      </Show>
    </div>
  );
}
