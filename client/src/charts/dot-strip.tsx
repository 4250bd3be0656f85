import { scaleLinear } from 'd3-scale';
import { For, Show, createMemo } from 'solid-js';
import { createWidth } from './create-width.ts';

export interface StripDot {
  label: string;
  value: number;
  /** Drawn larger, with its name. */
  marked?: boolean;
}

const margin = { top: 20, bottom: 26, side: 16 };
const size = 8;

/** Places dots over a line so that none hides another: each goes up until it is free. */
function stack(positions: readonly number[]): number[] {
  const placed: { x: number; level: number }[] = [];
  return positions.map((x) => {
    let level = 0;
    while (placed.some((other) => other.level === level && Math.abs(other.x - x) < size)) level++;
    placed.push({ x, level });
    return level;
  });
}

function Dot(props: { dot: StripDot; x: number; y: number; width: number; title: string }) {
  const anchor = () => (props.x > props.width * 0.7 ? 'end' : props.x < props.width * 0.3 ? 'start' : 'middle');
  return (
    <g>
      <circle
        cx={props.x}
        cy={props.y}
        r={props.dot.marked ? 5 : size / 2 - 0.5}
        fill={props.dot.marked ? 'var(--series-1)' : 'var(--ink-2)'}
        opacity={props.dot.marked ? 1 : 0.45}
      />
      <Show when={props.dot.marked}>
        <text x={props.x} y={props.y - size} text-anchor={anchor()} class="fill-ink text-[11px] font-semibold">
          {props.dot.label}
        </text>
      </Show>
      <title>{props.title}</title>
    </g>
  );
}

/** How values are spread, one dot each, with some marked among them. Its table says the same. */
export function DotStrip(props: {
  label: string;
  dots: StripDot[];
  format: (value: number | null) => string;
  tick: (value: number) => string;
}) {
  const { ref, width } = createWidth();
  const x = createMemo(() => {
    const values = props.dots.map(({ value }) => value);
    return scaleLinear(
      [Math.min(0, ...values), Math.max(0, ...values)],
      [margin.side, Math.max(margin.side + 1, width() - margin.side)],
    ).nice(5);
  });
  const levels = createMemo(() => stack(props.dots.map(({ value }) => x()(value))));
  const height = () => margin.top + margin.bottom + size * (Math.max(3, ...levels()) + 1);
  const floor = () => height() - margin.bottom;
  return (
    <div ref={ref} class="w-full" style={{ height: `${height()}px` }}>
      <Show when={width() > 0}>
        <svg role="img" aria-label={props.label} width={width()} height={height()}>
          <line x1={margin.side} x2={width() - margin.side} y1={floor()} y2={floor()} class="stroke-line" />
          <g class="tabular fill-ink-2 text-[11px]" aria-hidden="true">
            <For each={x().ticks(width() < 500 ? 4 : 8)}>
              {(value) => (
                <text x={x()(value)} y={height() - 8} text-anchor="middle">
                  {props.tick(value)}
                </text>
              )}
            </For>
          </g>
          <For each={props.dots}>
            {(dot, index) => (
              <Dot
                dot={dot}
                x={x()(dot.value)}
                y={floor() - size * (levels()[index()]! + 0.6)}
                width={width()}
                title={`${dot.label}: ${props.format(dot.value)}`}
              />
            )}
          </For>
        </svg>
      </Show>
    </div>
  );
}
