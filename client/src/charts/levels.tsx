import type { ScaleLinear } from 'd3-scale';
import { For } from 'solid-js';

/** Space around the drawing for axes. */
export interface Margin {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** Horizontal lines with their values at the left. */
export function Levels(props: {
  y: ScaleLinear<number, number>;
  width: number;
  margin: Margin;
  tick: (value: number) => string;
  /** How the line at 0 is drawn. */
  zero?: string;
}) {
  return (
    <g class="fill-ink-2 text-[11px]" aria-hidden="true">
      <For each={props.y.ticks(4)}>
        {(value) => (
          <>
            <line
              x1={props.margin.left}
              x2={props.width - props.margin.right}
              y1={props.y(value)}
              y2={props.y(value)}
              class={value === 0 ? (props.zero ?? 'stroke-line') : 'stroke-line-soft'}
            />
            <text x={props.margin.left - 8} y={props.y(value)} dy="0.32em" text-anchor="end" class="tabular">
              {props.tick(value)}
            </text>
          </>
        )}
      </For>
    </g>
  );
}
