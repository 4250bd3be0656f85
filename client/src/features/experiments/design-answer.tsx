import { Show } from 'solid-js';
import { BandChart } from '../../charts/band-chart.tsx';
import { seriesColour } from '../../charts/series-colour.ts';
import { Warnings } from '../../runs/warnings.tsx';
import { decimal, integer, percent, plural } from '../../ui/format.ts';
import { FigureCard } from '../../ui/figure-card.tsx';
import type { AbDesignFieldsFragment } from './experiments.generated.ts';

function Figure(props: { label: string; value: string }) {
  return (
    <div class="flex flex-col">
      <dt class="text-xs text-ink-2">{props.label}</dt>
      <dd class="tabular text-lg font-semibold">{props.value}</dd>
    </div>
  );
}

/** How large an A/B experiment has to be: the figures, what they rest on, and power by day or by effect. */
export function DesignAnswer(props: { design: AbDesignFieldsFragment; unit: string }) {
  return (
    <div class="flex flex-col gap-4">
      <div aria-live="polite" class="flex flex-col gap-3">
        <dl class="flex flex-wrap gap-x-8 gap-y-3">
          <Figure label={`${props.unit} in all arms`} value={integer(props.design.total)} />
          <Show when={props.design.days}>{(days) => <Figure label="Duration" value={plural(days(), 'day')} />}</Show>
          <Figure label="Power" value={percent(props.design.power, 0)} />
          <Show when={props.design.cost}>{(cost) => <Figure label="Cost" value={decimal(cost(), 0)} />}</Show>
        </dl>
        <p class="text-sm">{props.design.conclusion}</p>
      </div>
      <Warnings of={props.design.warnings} />
      <PowerChart design={props.design} />
      <p class="text-xs text-ink-2">{props.design.assumptions.join(' ')}</p>
    </div>
  );
}

function PowerChart(props: { design: AbDesignFieldsFragment }) {
  const effects = () => props.design.curve;
  return (
    <FigureCard
      title="Power by effect"
      hint="With these units, how likely effects of other sizes are to be found"
      file="power-by-effect"
      rows={effects()}
      fields={[
        { key: 'effect', label: 'Effect', read: (row) => row.effect, show: (value) => percent(value) },
        { key: 'power', label: 'Power', read: (row) => row.power, show: (value) => percent(value) },
        { key: 'units', label: 'Units per arm to find it', read: (row) => row.units, show: (value) => integer(value) },
      ]}
    >
      <BandChart
        label="Power by size of the effect"
        labels={effects().map((row) => percent(row.effect))}
        series={[{ name: 'Power', colour: seriesColour(0), values: effects().map((row) => row.power) }]}
        format={(value) => percent(value)}
        tick={(value) => percent(value, 0)}
        zero
        height={180}
      />
    </FigureCard>
  );
}
