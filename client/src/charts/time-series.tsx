import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';
import { For, Show, createMemo, createSignal } from 'solid-js';
import { createWidth } from './create-width.ts';
import { lonelyPoints } from './lonely-points.ts';
import { nearestIndex } from './nearest-index.ts';

export interface Series {
  name: string;
  colour: string;
  /** A dashed line tells series apart without colour. */
  dashed?: boolean;
  /** `null` is a gap, never a straight line across it. */
  values: (number | null)[];
}

interface TimeSeriesProps {
  label: string;
  /** Days, ascending, `YYYY-MM-DD`. */
  dates: string[];
  series: Series[];
  format: (value: number | null) => string;
  tick: (value: number) => string;
  height?: number;
  /** What a point is called; its day when absent. */
  nameOf?: (day: string) => string;
}

const margin = { top: 12, right: 12, bottom: 24, left: 52 };
const dayLabel = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });
const monthLabel = new Intl.DateTimeFormat('en', { month: 'short', year: '2-digit', timeZone: 'UTC' });
const fullLabel = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

function dayName(day: string): string {
  return fullLabel.format(new Date(`${day}T00:00:00Z`));
}

function createScales(props: TimeSeriesProps, width: () => number, height: () => number) {
  const times = createMemo(() => props.dates.map((day) => Date.parse(`${day}T00:00:00Z`)));
  const x = createMemo(() =>
    scaleUtc([times()[0] ?? 0, times().at(-1) ?? 1], [margin.left, Math.max(margin.left + 1, width() - margin.right)]),
  );
  const y = createMemo(() => {
    const top = Math.max(1e-9, ...props.series.flatMap((series) => series.values.map((value) => value ?? 0)));
    return scaleLinear([0, top], [height() - margin.bottom, margin.top]).nice(4);
  });
  const positions = createMemo(() => times().map((time) => x()(time)));
  return { times, x, y, positions };
}

type Scales = ReturnType<typeof createScales>;

function Axes(props: { scales: Scales; width: number; height: number; tick: (value: number) => string }) {
  const ticks = () => props.scales.x().ticks(Math.max(2, Math.min(8, Math.floor(props.width / 110))));
  const long = () =>
    props.scales.times().length > 1 && props.scales.times().at(-1)! - props.scales.times()[0]! > 200 * 864e5;
  return (
    <g class="fill-ink-2 text-[11px]" aria-hidden="true">
      <For each={props.scales.y().ticks(4)}>
        {(value) => (
          <>
            <line
              x1={margin.left}
              x2={props.width - margin.right}
              y1={props.scales.y()(value)}
              y2={props.scales.y()(value)}
              class={value === 0 ? 'stroke-line' : 'stroke-line-soft'}
            />
            <text x={margin.left - 8} y={props.scales.y()(value)} dy="0.32em" text-anchor="end" class="tabular">
              {props.tick(value)}
            </text>
          </>
        )}
      </For>
      <For each={ticks()}>
        {(instant) => (
          <text
            x={props.scales.x()(instant)}
            y={props.height - 6}
            text-anchor={props.scales.x()(instant) > props.width - 30 ? 'end' : 'middle'}
          >
            {(long() ? monthLabel : dayLabel).format(instant)}
          </text>
        )}
      </For>
    </g>
  );
}

function Lines(props: { series: Series; scales: Scales; filled: boolean }) {
  const points = () => props.series.values.map((value, index) => [props.scales.positions()[index]!, value] as const);
  const defined = ([, value]: readonly [number, number | null]): boolean => value !== null;
  const y = (value: number | null): number => props.scales.y()(value ?? 0);
  const path = () =>
    line<readonly [number, number | null]>(
      (point) => point[0],
      (point) => y(point[1]),
    ).defined(defined)(points());
  const below = () =>
    area<readonly [number, number | null]>(
      (point) => point[0],
      y(0),
      (point) => y(point[1]),
    ).defined(defined)(points());
  return (
    <>
      <Show when={props.filled}>
        <path d={below() ?? ''} fill={props.series.colour} opacity="0.08" />
      </Show>
      <path
        d={path() ?? ''}
        fill="none"
        stroke={props.series.colour}
        stroke-width="1.75"
        stroke-linejoin="round"
        stroke-dasharray={props.series.dashed ? '5 3' : undefined}
      />
      <For each={lonelyPoints(props.series.values)}>
        {(index) => (
          <circle
            cx={props.scales.positions()[index]}
            cy={y(props.series.values[index]!)}
            r="2.5"
            fill={props.series.colour}
          />
        )}
      </For>
    </>
  );
}

function Reading(props: { index: number; x: number; width: number; chart: TimeSeriesProps }) {
  return (
    <div
      class="tabular pointer-events-none absolute top-2 z-10 min-w-40 rounded-control bg-raised px-2.5 py-2 text-xs shadow-raised"
      style={props.x > props.width / 2 ? { right: `${props.width - props.x + 10}px` } : { left: `${props.x + 10}px` }}
    >
      <p class="mb-1 font-semibold">{(props.chart.nameOf ?? dayName)(props.chart.dates[props.index]!)}</p>
      <For each={props.chart.series}>
        {(series) => (
          <p class="flex items-center gap-2">
            <span class="size-2 rounded-full" style={{ background: series.colour }} />
            <span class="flex-1 text-ink-2">{series.name}</span>
            <span class="font-semibold">{props.chart.format(series.values[props.index] ?? null)}</span>
          </p>
        )}
      </For>
    </div>
  );
}

/** Lines over days with a reading under the pointer. The words under `label` tell the same without looking. */
export function TimeSeries(props: TimeSeriesProps) {
  const { ref, width } = createWidth();
  const height = () => props.height ?? 240;
  const scales = createScales(props, width, height);
  const [index, setIndex] = createSignal(-1);
  const move = (event: PointerEvent & { currentTarget: Element }): void => {
    const left = event.currentTarget.getBoundingClientRect().left;
    setIndex(nearestIndex(scales.positions(), event.clientX - left));
  };
  const at = () => scales.positions()[index()];
  return (
    <div ref={ref} class="relative w-full" style={{ height: `${height()}px` }}>
      <Show when={width() > 0}>
        <svg
          role="img"
          aria-label={props.label}
          width={width()}
          height={height()}
          onPointerMove={move}
          onPointerLeave={() => setIndex(-1)}
        >
          <Axes scales={scales} width={width()} height={height()} tick={props.tick} />
          <For each={props.series}>
            {(series, place) => <Lines series={series} scales={scales} filled={place() === 0} />}
          </For>
          <Show when={at() !== undefined}>
            <line
              x1={at()}
              x2={at()}
              y1={margin.top}
              y2={height() - margin.bottom}
              class="stroke-ink-2"
              stroke-dasharray="2 3"
            />
            <For each={props.series}>
              {(series) => (
                <Show when={series.values[index()] !== null && series.values[index()] !== undefined}>
                  <circle
                    cx={at()}
                    cy={scales.y()(series.values[index()]!)}
                    r="3.5"
                    fill={series.colour}
                    class="stroke-panel"
                    stroke-width="1.5"
                  />
                </Show>
              )}
            </For>
          </Show>
        </svg>
        <Show when={at() !== undefined}>
          <Reading index={index()} x={at()!} width={width()} chart={props} />
        </Show>
      </Show>
    </div>
  );
}
