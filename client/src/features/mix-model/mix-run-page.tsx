import { useParams } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { MockBanner } from '../../ui/mock-banner.tsx';
import { RunStates } from '../../runs/run-states.tsx';
import { Banner } from '../../ui/banner.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { Missing } from '../../ui/missing.tsx';
import { Page } from '../../ui/page.tsx';
import { isGoing } from '../../ui/run-badge.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ComputedCard } from './computed-card.tsx';
import {
  CancelMixModelDocument,
  MixModelDocument,
  type MixModelFieldsFragment,
  MixModelProgressDocument,
} from './mix-model.generated.ts';
import { InputsStatus } from './inputs-status.tsx';
import { MixResult } from './mix-result.tsx';

function Shown(props: { model: MixModelFieldsFragment }) {
  return (
    <RunStates
      run={props.model}
      title="Training"
      hint="Drawing from the posterior in several chains"
      noun="training"
      cancel={() => mutate(CancelMixModelDocument, { id: props.model.id })}
      again="Start it again with “New model”."
    >
      <Show when={props.model.diagnosis && props.model.inputs}>
        <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_300px]">
          <MixResult model={props.model} />
          <ComputedCard model={props.model} />
        </div>
      </Show>
    </RunStates>
  );
}

/** One mix model in whichever state it is. */
export function MixRunPage() {
  const params = useParams<{ id: string }>();
  const query = createQuery(MixModelDocument, () => ({ id: params.id }));
  createFeed({
    document: MixModelProgressDocument,
    variables: () => (activity.ready() ? { id: params.id } : null),
    after: knownSequence,
    sequenceOf: (data) => data.mixModelProgress.sequence,
    onEvent: ({ mixModelProgress: { model } }) => {
      query.patch((data) => {
        if (data.mixModel) Object.assign(data.mixModel, model);
      });
      if (!isGoing(model)) query.refetch();
    },
  });
  const model = () => query.data()?.mixModel ?? undefined;
  return (
    <Page
      title="Mix model"
      status={<InputsStatus of={model()?.inputs} />}
      actions={
        <>
          <LinkButton href="/mix-model">All models</LinkButton>
          <Show when={may('causal:run')}>
            <LinkButton href="/mix-model/new">New model</LinkButton>
          </Show>
        </>
      }
      above={<MockBanner when={model()?.sourceKinds.includes('mock')} />}
    >
      <DataState
        of={query}
        skeleton={<Skeleton rows={10} class="card" />}
        isEmpty={(data) => !data.mixModel}
        empty={<Missing what="model" all="/mix-model" />}
      >
        {(data) => (
          <div class="flex min-w-0 flex-col gap-4">
            <For each={data().mixModel!.diagnosis?.refusals ?? []}>
              {(refusal) => <Banner tone="error">{refusal}</Banner>}
            </For>
            <Shown model={data().mixModel!} />
          </div>
        )}
      </DataState>
    </Page>
  );
}
