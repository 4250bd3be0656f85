import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { For, Show, createMemo, createUniqueId } from 'solid-js';
import { createWidth } from '../../charts/create-width.ts';
import { Levels, type Margin } from '../../charts/levels.tsx';

interface Curve {
  spend: number[];
  mean: number[];
  low: number[];
  high: number[];
}

interface PlanCurveProps {
  name: string;
  colour: string;
  curve: Curve;
  seenUpTo: number;
  now: number;
  plan: number | undefined;
  spendText: (value: number) => string;
  kpiText: (value: number) => string;
  spendTick: (value: number) => string;
  kpiTick: (value: number) => string;
}

const height = 168;
const margin: Margin = { top: 8, right: 10, bottom: 22, left: 52 };

/** The mean between two points of the curve. */
function meanAt({ spend, mean }: Curve, at: number): number {
  const found = spend.findIndex((point) => point >= at);
  const after = found < 0 ? spend.length - 1 : Math.max(1, found);
  const share = (at - spend[after - 1]!) / (spend[after]! - spend[after - 1]!);
  return mean[after - 1]! + Math.min(1, share) * (mean[after]! - mean[after - 1]!);
}

function createScales(props: PlanCurveProps, width: () => number) {
  const x = createMemo(() =>
    scaleLinear([0, props.curve.spend.at(-1)!], [margin.left, Math.max(margin.left + 1, width() - margin.right)]),
  );
  const y = createMemo(() =>
    scaleLinear([0, Math.max(1e-9, ...props.curve.high)], [height - margin.bottom, margin.top]).nice(3),
  );
  return { x, y };
}

type Scales = ReturnType<typeof createScales>;

function Axes(props: { scales: Scales; width: number; chart: PlanCurveProps }) {
  return (
    <g class="tabular fill-ink-2 text-[11px]" aria-hidden="true">
      <Levels y={props.scales.y()} width={props.width} margin={margin} tick={props.chart.kpiTick} />
      <For each={props.scales.x().ticks(4)}>
        {(tick) => (
          <text x={props.scales.x()(tick)} y={height - 6} text-anchor="middle">
            {props.chart.spendTick(tick)}
          </text>
        )}
      </For>
    </g>
  );
}

function Beyond(props: { from: number; to: number }) {
  const id = createUniqueId();
  return (
    <Show when={props.to > props.from}>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" x2="0" y1="0" y2="6" class="stroke-line" stroke-width="2" />
      </pattern>
      <rect
        x={props.from}
        y={margin.top}
        width={props.to - props.from}
        height={height - margin.top - margin.bottom}
        fill={`url(#${id})`}
        opacity="0.6"
      />
    </Show>
  );
}

function Shapes(props: { chart: PlanCurveProps; scales: Scales }) {
  const points = () => props.chart.curve.spend.map((_, index) => index);
  const x = (index: number): number => props.scales.x()(props.chart.curve.spend[index]!);
  const band = () =>
    area<number>(
      x,
      (index) => props.scales.y()(props.chart.curve.low[index]!),
      (index) => props.scales.y()(props.chart.curve.high[index]!),
    )(points());
  const mean = () => line<number>(x, (index) => props.scales.y()(props.chart.curve.mean[index]!))(points());
  const at = (spend: number): { cx: number; cy: number } => ({
    cx: props.scales.x()(spend),
    cy: props.scales.y()(meanAt(props.chart.curve, spend)),
  });
  return (
    <>
      <path d={band() ?? ''} fill={props.chart.colour} opacity="0.16" />
      <path d={mean() ?? ''} fill="none" stroke={props.chart.colour} stroke-width="1.75" />
      <circle {...at(props.chart.now)} r="4.5" class="fill-panel stroke-ink" stroke-width="1.75" />
      <Show when={props.chart.plan !== undefined}>
        <circle {...at(props.chart.plan!)} r="4.5" class="fill-accent stroke-panel" stroke-width="1.5" />
      </Show>
    </>
  );
}

/** What one channel brings for its money, as a small chart. */
export function PlanCurve(props: PlanCurveProps) {
  const { ref, width } = createWidth();
  const scales = createScales(props, width);
  const words = () => {
    const say = (spend: number): string =>
      `${props.spendText(spend)} brings ${props.kpiText(meanAt(props.curve, spend))}`;
    return `${props.name}: now ${say(props.now)}${props.plan === undefined ? '' : `, by the plan ${say(props.plan)}`}`;
  };
  return (
    <figure class="min-w-0">
      <figcaption class="mb-1 truncate text-sm font-semibold">{props.name}</figcaption>
      <div ref={ref} class="w-full" style={{ height: `${height}px` }}>
        <Show when={width() > 0}>
          <svg role="img" aria-label={words()} width={width()} height={height}>
            <title>{words()}</title>
            <Beyond from={scales.x()(props.seenUpTo)} to={width() - margin.right} />
            <Axes scales={scales} width={width()} chart={props} />
            <Shapes chart={props} scales={scales} />
          </svg>
        </Show>
      </div>
    </figure>
  );
}
