import { For, Show } from 'solid-js';
import { Warnings } from '../../runs/warnings.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { decimal, percent } from '../../ui/format.ts';
import { CounterfactualCard, CumulativeCard, EventStudyCard, PlaceboCard, PointwiseCard } from './effect-charts.tsx';
import type { LiftFieldsFragment } from './lift.generated.ts';
import { isMoney, outcome, testNames } from './lift-names.ts';
import {
  AggregatesCard,
  BalanceCard,
  FitCard,
  GroupEffectsCard,
  RefutationsCard,
  WeightsCard,
} from './result-tables.tsx';

export type Result = NonNullable<LiftFieldsFragment['result']>;

/** What every part of a result needs to show figures. */
export interface Shown {
  result: Result;
  /** Of the outcome, when it is money. */
  currency: string | null;
  valueName: string;
  /** Beginning of the names of files. */
  file: string;
}

type Estimate = Result['effect'];

function Figure(props: { label: string; estimate: Estimate; show: (value: number | null) => string }) {
  return (
    <div class="min-w-0">
      <dt class="text-xs font-semibold text-ink-2">{props.label}</dt>
      <dd class="tabular text-xl font-semibold">{props.show(props.estimate.value)}</dd>
      <dd class="tabular text-xs text-ink-2">
        {props.estimate.low === null && props.estimate.high === null
          ? 'no interval'
          : `${props.estimate.low === null ? 'no lower limit' : props.show(props.estimate.low)} to ${props.estimate.high === null ? 'no upper limit' : props.show(props.estimate.high)}`}
      </dd>
    </div>
  );
}

function Figures(props: Shown & { spendCurrency: string | null }) {
  const show = (value: number | null): string => outcome(value, props.currency);
  return (
    <dl class="grid grid-cols-2 gap-4 md:grid-cols-4">
      <Figure label="Effect per unit and period" estimate={props.result.effect} show={show} />
      <Show when={props.result.relative}>
        {(relative) => <Figure label="Relative lift" estimate={relative()} show={(value) => percent(value)} />}
      </Show>
      <Figure label="Incremental, in total" estimate={props.result.total} show={show} />
      <Show when={props.result.iroas}>
        {(iroas) => (
          <Figure
            label={props.currency ? 'iROAS' : `${props.valueName} per unit of spend`}
            estimate={iroas()}
            show={(value) => decimal(value, 3)}
          />
        )}
      </Show>
    </dl>
  );
}

function Conclusion(props: Shown & { spendCurrency: string | null; warnings: readonly string[] }) {
  return (
    <Card title="Conclusion">
      <div class="flex flex-col gap-4">
        <p class="max-w-prose text-base">{props.result.conclusion}</p>
        <Figures {...props} />
        <Warnings of={props.warnings} />
        <ul class="flex flex-col gap-1.5 text-sm">
          <For each={props.result.pValues}>
            {(own) => (
              <li class="flex flex-wrap items-baseline gap-x-2">
                <Badge tone={own.value <= 1 - props.result.level ? 'ok' : 'neutral'} shape={false}>
                  p {own.value < 0.001 ? '< 0.001' : `= ${decimal(own.value, 3)}`}
                </Badge>
                <span class="font-semibold">{testNames[own.test] ?? own.test}</span>
                <span class="min-w-0 basis-full text-xs text-ink-2 md:basis-auto md:flex-1">
                  {own.meaning}
                  {own.smallest === null ? '' : ` At least ${decimal(own.smallest, 4)} here.`}
                </span>
              </li>
            )}
          </For>
        </ul>
        <div>
          <h3 class="text-xs font-semibold text-ink-2">It holds if</h3>
          <ul class="mt-1 list-disc pl-5 text-sm">
            <For each={props.result.assumptions}>{(text) => <li>{text}</li>}</For>
          </ul>
        </div>
      </div>
    </Card>
  );
}

/** Everything an evaluation found: the sentence first, then how it came about and whether it stands. */
export function LiftResult(props: { run: LiftFieldsFragment; result: Result }) {
  const inputs = () => props.run.inputs!;
  const shown = (): Shown => ({
    result: props.result,
    currency: isMoney(inputs().valueName, inputs().source) ? inputs().currency : null,
    valueName: inputs().valueName,
    file: `lift-${props.run.id.slice(-6)}`,
  });
  return (
    <div class="flex min-w-0 flex-col gap-4">
      <Conclusion {...shown()} spendCurrency={inputs().currency} warnings={props.run.warnings} />
      <CounterfactualCard {...shown()} />
      <div class="grid grid-cols-1 gap-4 lg:grid-cols-2 xl:grid-cols-1 2xl:grid-cols-2">
        <PointwiseCard {...shown()} />
        <CumulativeCard {...shown()} />
      </div>
      <Show when={props.result.eventStudy.length > 0}>
        <EventStudyCard {...shown()} />
      </Show>
      <Show when={props.result.refutations.length + props.result.skipped.length > 0}>
        <RefutationsCard {...shown()} />
      </Show>
      <Show when={props.result.placebos}>
        <PlaceboCard {...shown()} />
      </Show>
      <Show when={props.result.aggregates.length > 0}>
        <AggregatesCard {...shown()} />
        <GroupEffectsCard {...shown()} />
      </Show>
      <div class="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <Show when={props.result.weights.length > 0}>
          <WeightsCard {...shown()} />
        </Show>
        {/* Group effects say nothing of periods before the start, so that there is no fit to show. */}
        <Show when={props.result.groupEffects.length === 0}>
          <FitCard {...shown()} />
        </Show>
      </div>
      <Show when={props.result.balance.length > 0}>
        <BalanceCard {...shown()} />
      </Show>
    </div>
  );
}
