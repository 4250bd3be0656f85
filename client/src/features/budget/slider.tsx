import { type JSX, createEffect, createUniqueId } from 'solid-js';

/** A native range with its value beside it; tells while it moves. */
export function Slider(props: {
  label: string;
  quiet?: boolean;
  value: number;
  min: number;
  max: number;
  step: number | 'any';
  /** What a screen reader says in place of the bare number. */
  text: string;
  children?: JSX.Element;
  onInput: (value: number) => void;
}) {
  const id = createUniqueId();
  let input!: HTMLInputElement;
  // After its ends, by which the browser would otherwise cut it off.
  createEffect(() => {
    [input.min, input.max, input.value] = [String(props.min), String(props.max), String(props.value)];
  });
  return (
    <div class="flex min-w-0 flex-col gap-1">
      <label for={id} class={props.quiet ? 'sr-only' : 'text-xs font-semibold text-ink-2'}>
        {props.label}
      </label>
      <div class="flex min-w-0 items-center gap-3">
        <input
          ref={(found) => (input = found)}
          id={id}
          type="range"
          class="h-6 min-w-0 flex-1 accent-[var(--accent)]"
          step={props.step}
          aria-valuetext={props.text}
          onInput={(event) => props.onInput(Number(event.currentTarget.value))}
        />
        {props.children}
      </div>
    </div>
  );
}
