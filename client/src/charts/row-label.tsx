import { For } from 'solid-js';
import { fitLines } from './fit-lines.ts';

/** Room for the names of rows left of a drawing, as wide as they are but not more than a third. */
export function nameRoom(names: readonly string[], width: number): number {
  const longest = Math.max(4, ...names.map(({ length }) => length));
  return Math.min(200, width * 0.34, longest * 7.2 + 20);
}

/** The name of a row, in two lines where it is too long for one. */
export function RowLabel(props: { name: string; x: number; y: number }) {
  const lines = () => fitLines(props.name, Math.max(6, Math.floor((props.x - 4) / 6.6)));
  return (
    <text x={props.x} text-anchor="end" class="fill-ink text-[12px]">
      <For each={lines()}>
        {(line, index) => (
          <tspan x={props.x} y={props.y + (index() - (lines().length - 1) / 2) * 13} dy="0.32em">
            {line}
          </tspan>
        )}
      </For>
      <title>{props.name}</title>
    </text>
  );
}
