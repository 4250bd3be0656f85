import { Show } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { MockBanner } from '../../ui/mock-banner.tsx';
import { Reproduce } from '../../runs/reproduce.tsx';
import { RunStates } from '../../runs/run-states.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { duration, integer } from '../../ui/format.ts';
import { Missing } from '../../ui/missing.tsx';
import { Page } from '../../ui/page.tsx';
import { isGoing } from '../../ui/run-badge.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import {
  CancelMixExplorationDocument,
  MixExplorationDocument,
  type MixExplorationFieldsFragment,
  MixExplorationProgressDocument,
} from './exploration.generated.ts';
import { InputsFacts } from './inputs-facts.tsx';
import { InputsStatus } from './inputs-status.tsx';
import { SearchResult } from './search-result.tsx';

function ComputedCard(props: { search: MixExplorationFieldsFragment }) {
  return (
    <Card title="How was this computed?">
      <div class="flex flex-col gap-4">
        <p class="text-sm text-ink-2">
          Every candidate is a guess at the shapes of all channels, drawn from wide ranges, with its effects fitted by
          ridge regression. Kept are those that no other beats in error, distance and agreement with experiments.
        </p>
        <Facts
          items={[
            ['Candidates', integer(props.search.candidates)],
            ['Effects below 0', props.search.nonNegative ? 'Not allowed' : 'Allowed'],
            ['Seed', String(props.search.seed)],
            ['Computed', <Time at={props.search.finishedAt} />],
            ['Took', duration(props.search.computeMillis)],
            ['Code', <code class="font-mono text-xs">{props.search.codeVersion}</code>],
          ]}
        />
        <Show when={props.search.inputs}>{(inputs) => <InputsFacts inputs={inputs()} />}</Show>
        <Show when={props.search.state === 'SUCCEEDED'}>
          <Reproduce kind="MIX_EXPLORATION" id={props.search.id} />
        </Show>
      </div>
    </Card>
  );
}

function Shown(props: { search: MixExplorationFieldsFragment }) {
  return (
    <RunStates
      run={props.search}
      title="Searching"
      hint="Fitting one candidate after the other"
      noun="search"
      cancel={() => mutate(CancelMixExplorationDocument, { id: props.search.id })}
      again="Start it again with “New search”."
    >
      <Show when={props.search.inputs}>
        <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_300px]">
          <SearchResult search={props.search} />
          <ComputedCard search={props.search} />
        </div>
      </Show>
    </RunStates>
  );
}

/** One search over mix models in whichever state it is. */
export function SearchPage(props: { id: string }) {
  const query = createQuery(MixExplorationDocument, () => ({ id: props.id }));
  createFeed({
    document: MixExplorationProgressDocument,
    variables: () => (activity.ready() ? { id: props.id } : null),
    after: knownSequence,
    sequenceOf: (data) => data.mixExplorationProgress.sequence,
    onEvent: ({ mixExplorationProgress: { exploration } }) => {
      query.patch((data) => {
        if (data.mixExploration) Object.assign(data.mixExploration, exploration);
      });
      if (!isGoing(exploration)) query.refetch();
    },
  });
  const search = () => query.data()?.mixExploration ?? undefined;
  return (
    <Page
      title="Search over mix models"
      status={<InputsStatus of={search()?.inputs} />}
      actions={
        <>
          <LinkButton href="/mix-model?tab=searches">All searches</LinkButton>
          <Show when={may('causal:run')}>
            <LinkButton href={`/mix-model/explore?search=${props.id}`}>New search</LinkButton>
          </Show>
        </>
      }
      above={<MockBanner when={search()?.inputs?.sourceKinds.includes('mock')} />}
    >
      <DataState
        of={query}
        skeleton={<Skeleton rows={10} class="card" />}
        isEmpty={(data) => !data.mixExploration}
        empty={<Missing what="search" all="/mix-model?tab=searches" />}
      >
        {(data) => <Shown search={data().mixExploration!} />}
      </DataState>
    </Page>
  );
}
