import { For, Show } from 'solid-js';
import { Card } from '../../ui/card.tsx';
import { Banner } from '../../ui/banner.tsx';
import { ContributionsCard, FitCard } from './contribution-cards.tsx';
import { CurvesCard } from './curves-card.tsx';
import {
  ChannelDiagnosisCard,
  DiagnosisCard,
  ExperimentsCard,
  ParametersCard,
  PriorsCard,
} from './diagnosis-cards.tsx';
import type { MixModelFieldsFragment } from './mix-model.generated.ts';
import { RegionsCard, ReturnsCard, SharesCard, SummaryCard } from './return-cards.tsx';

/** What every part of a result needs. */
export interface Shown {
  model: MixModelFieldsFragment;
  inputs: NonNullable<MixModelFieldsFragment['inputs']>;
  /** Beginning of the names of files. */
  file: string;
}

function Conclusion(props: Shown) {
  return (
    <Card title="Conclusion">
      <div class="flex flex-col gap-4">
        <p class="max-w-prose text-base">{props.model.conclusion}</p>
        <Show when={props.model.warnings.length > 0}>
          <ul class="flex flex-col gap-2">
            <For each={props.model.warnings}>
              {(warning) => (
                <li>
                  <Banner tone="warn">{warning}</Banner>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <div>
          <h3 class="text-xs font-semibold text-ink-2">It holds if</h3>
          <ul class="mt-1 list-disc pl-5 text-sm">
            <For each={props.model.assumptions}>{(text) => <li>{text}</li>}</For>
          </ul>
        </div>
      </div>
    </Card>
  );
}

/** Everything a model found: the sentence first, then contributions, returns, curves, and whether to believe them. */
export function MixResult(props: { model: MixModelFieldsFragment }) {
  const shown = (): Shown => ({
    model: props.model,
    inputs: props.model.inputs!,
    file: `mix-model-${props.model.id.slice(-6)}`,
  });
  const has = () => props.model.channels.length > 0;
  return (
    <div class="flex min-w-0 flex-col gap-4">
      <Conclusion {...shown()} />
      <Show when={has()}>
        <ContributionsCard {...shown()} />
        <div class="grid grid-cols-1 gap-4 lg:grid-cols-2">
          <ReturnsCard {...shown()} />
          <SharesCard {...shown()} />
        </div>
        <CurvesCard {...shown()} />
        <SummaryCard {...shown()} />
        <Show when={props.model.inputs!.regions.length > 0}>
          <RegionsCard {...shown()} />
        </Show>
      </Show>
      <Show when={props.model.experiments.length > 0}>
        <ExperimentsCard {...shown()} />
      </Show>
      <FitCard {...shown()} />
      <DiagnosisCard {...shown()} />
      <ChannelDiagnosisCard {...shown()} />
      <ParametersCard {...shown()} />
      <PriorsCard {...shown()} />
    </div>
  );
}
