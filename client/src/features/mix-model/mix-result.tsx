import { Show } from 'solid-js';
import { ConclusionCard } from './conclusion-card.tsx';
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
      <ConclusionCard
        conclusion={props.model.conclusion}
        warnings={props.model.warnings}
        assumptions={props.model.assumptions}
      />
      <Show when={has()}>
        <ContributionsCard {...shown()} />
        <div class="grid grid-cols-1 gap-4 lg:grid-cols-2 xl:grid-cols-1 2xl:grid-cols-2">
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
