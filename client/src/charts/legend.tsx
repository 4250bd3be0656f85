import { For } from 'solid-js';
import { Mark } from './mark.tsx';

/** Names the series of a chart with their colour and shape. */
export function Legend(props: { items: { name: string; colour: string; shape?: number; dashed?: boolean }[] }) {
  return (
    <ul class="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
      <For each={props.items}>
        {(item) => (
          <li class="flex items-center gap-1.5">
            <svg width="16" height="10" aria-hidden="true">
              {item.shape === undefined ? (
                <line
                  x1="0"
                  x2="16"
                  y1="5"
                  y2="5"
                  stroke={item.colour}
                  stroke-width="2"
                  stroke-dasharray={item.dashed ? '4 3' : undefined}
                />
              ) : (
                <Mark shape={item.shape} x={8} y={5} colour={item.colour} />
              )}
            </svg>
            {item.name}
          </li>
        )}
      </For>
    </ul>
  );
}
