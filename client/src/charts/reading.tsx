import { type JSX, Show, createMemo, createSignal } from 'solid-js';
import { createWidth } from './create-width.ts';
import type { Margin } from './levels.tsx';
import { nearestIndex } from './nearest-index.ts';

/** What a drawing is told: its size, where its points lie, and where the pointer is. */
export interface Frame {
  width: number;
  height: number;
  positions: readonly number[];
  /** Index of the point under the pointer, with its position; undefined without one. */
  at: { index: number; x: number } | undefined;
}

/** A line from top to bottom. */
export function Upright(props: { x: number; height: number; margin: Margin; dashes: string }) {
  return (
    <line
      x1={props.x}
      x2={props.x}
      y1={props.margin.top}
      y2={props.height - props.margin.bottom}
      class="stroke-ink-2"
      stroke-dasharray={props.dashes}
    />
  );
}

/** A line of a reading. */
export function ReadingRow(props: { name: string; colour: string; value: JSX.Element }) {
  return (
    <p class="flex items-center gap-2">
      <span class="size-2 rounded-full" style={{ background: props.colour }} />
      <span class="flex-1 text-ink-2">{props.name}</span>
      <span class="font-semibold">{props.value}</span>
    </p>
  );
}

/** Beside the line under the pointer, where there is more room. */
function Box(props: { x: number; width: number; title: string; children: JSX.Element }) {
  const side = () =>
    props.x > props.width / 2 ? { right: `${props.width - props.x + 10}px` } : { left: `${props.x + 10}px` };
  return (
    <div
      class="tabular pointer-events-none absolute top-2 z-10 min-w-40 rounded-control bg-raised px-2.5 py-2 text-xs shadow-raised"
      style={side()}
    >
      <p class="mb-1 font-semibold">{props.title}</p>
      {props.children}
    </div>
  );
}

interface ReadingFrameProps {
  label: string;
  height: number;
  margin: Margin;
  /** Of the points, for a width. */
  positions: (width: number) => readonly number[];
  /** What a point is called. */
  nameOf: (index: number) => string;
  /** Values of a point. */
  rows: (index: number) => JSX.Element;
  children: (frame: Frame) => JSX.Element;
}

/** The frame of a chart over points, which reads the values under the pointer out in a box beside it. */
export function ReadingFrame(props: ReadingFrameProps) {
  const { ref, width } = createWidth();
  const positions = createMemo(() => props.positions(width()));
  const [index, setIndex] = createSignal(-1);
  const move = (event: PointerEvent & { currentTarget: Element }): void => {
    const left = event.currentTarget.getBoundingClientRect().left;
    setIndex(nearestIndex(positions(), event.clientX - left));
  };
  const at = () => {
    const x = positions()[index()];
    return x === undefined ? undefined : { index: index(), x };
  };
  const frame: Frame = {
    get width() {
      return width();
    },
    get height() {
      return props.height;
    },
    get positions() {
      return positions();
    },
    get at() {
      return at();
    },
  };
  return (
    <div ref={ref} class="relative w-full" style={{ height: `${props.height}px` }}>
      <Show when={width() > 0}>
        <svg
          role="img"
          aria-label={props.label}
          width={width()}
          height={props.height}
          onPointerMove={move}
          onPointerLeave={() => setIndex(-1)}
        >
          {props.children(frame)}
          <Show when={at()}>
            {(own) => <Upright x={own().x} height={props.height} margin={props.margin} dashes="2 3" />}
          </Show>
        </svg>
        <Show when={at()}>
          {(own) => (
            <Box x={own().x} width={width()} title={props.nameOf(own().index)}>
              {props.rows(own().index)}
            </Box>
          )}
        </Show>
      </Show>
    </div>
  );
}
