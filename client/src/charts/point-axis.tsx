import { For, createMemo } from 'solid-js';
import type { Margin } from './levels.tsx';
import { nameStep, shortNames } from './point-names.ts';

/** Names of some of the points below a chart, as many as have room. */
export function PointAxis(props: {
  labels: readonly string[];
  positions: readonly number[];
  width: number;
  height: number;
  margin: Margin;
}) {
  const names = createMemo(() => shortNames(props.labels));
  const shown = () => {
    const step = nameStep(names(), props.width - props.margin.left - props.margin.right);
    return names()
      .map((text, index) => ({ text, x: props.positions[index]!, index }))
      .filter(({ index }) => index % step === 0);
  };
  const anchor = (x: number, index: number): 'start' | 'middle' | 'end' =>
    index === 0 ? 'start' : x > props.width - 40 ? 'end' : 'middle';
  return (
    <g class="fill-ink-2 text-[11px]" aria-hidden="true">
      <For each={shown()}>
        {({ text, x, index }) => (
          <text x={x} y={props.height - 6} text-anchor={anchor(x, index)}>
            {text}
          </text>
        )}
      </For>
    </g>
  );
}
