import { useParams } from '@solidjs/router';
import { Show } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { MockBanner } from '../../ui/mock-banner.tsx';
import { RunStates } from '../../runs/run-states.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { plural } from '../../ui/format.ts';
import { Missing } from '../../ui/missing.tsx';
import { Page } from '../../ui/page.tsx';
import { isGoing } from '../../ui/run-badge.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ComputedCard } from './computed-card.tsx';
import { KeepCard } from './keep-card.tsx';
import {
  CancelLiftEvaluationDocument,
  LiftEvaluationDocument,
  LiftEvaluationProgressDocument,
  type LiftFieldsFragment,
} from './lift.generated.ts';
import { methodNames, periodName } from './lift-names.ts';
import { LiftResult } from './lift-result.tsx';

function Shown(props: { run: LiftFieldsFragment }) {
  return (
    <RunStates
      run={props.run}
      title="Computing"
      hint="Estimating, and putting the estimate to the test"
      noun="evaluation"
      cancel={() => mutate(CancelLiftEvaluationDocument, { id: props.run.id })}
      again="Start it again with “New evaluation”."
    >
      <Show when={props.run.result}>
        {(result) => (
          <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_300px]">
            <LiftResult run={props.run} result={result()} />
            <div class="flex min-w-0 flex-col gap-4">
              <ComputedCard run={props.run} />
              <KeepCard run={props.run} />
            </div>
          </div>
        )}
      </Show>
    </RunStates>
  );
}

function titleOf(run: LiftFieldsFragment | undefined): string {
  if (!run) return 'Lift';
  return (
    run.name ??
    (run.inputs ? `${run.inputs.valueName} of ${run.inputs.treated.slice(0, 3).join(', ')}` : methodNames[run.method])
  );
}

function Status(props: { run: LiftFieldsFragment }) {
  return (
    <>
      {methodNames[props.run.method]}
      <Show when={props.run.inputs}>
        {(inputs) => (
          <>
            {' · '}
            {plural(inputs().treated.length, 'treated unit')} against {inputs().controls.length} from{' '}
            {periodName(inputs().start)}
          </>
        )}
      </Show>
    </>
  );
}

/** One evaluation in whichever state it is. */
export function LiftRunPage() {
  const params = useParams<{ id: string }>();
  const query = createQuery(LiftEvaluationDocument, () => ({ id: params.id }));
  createFeed({
    document: LiftEvaluationProgressDocument,
    variables: () => (activity.ready() ? { id: params.id } : null),
    after: knownSequence,
    sequenceOf: (data) => data.liftEvaluationProgress.sequence,
    onEvent: ({ liftEvaluationProgress: { evaluation } }) => {
      query.patch((data) => {
        if (data.liftEvaluation) Object.assign(data.liftEvaluation, evaluation);
      });
      if (!isGoing(evaluation)) query.refetch();
    },
  });
  const run = () => query.data()?.liftEvaluation ?? undefined;
  return (
    <Page
      title={titleOf(run())}
      status={<Show when={run()}>{(found) => <Status run={found()} />}</Show>}
      actions={
        <>
          <LinkButton href="/lift">All evaluations</LinkButton>
          <Show when={may('causal:run')}>
            <LinkButton href="/lift/new">New evaluation</LinkButton>
          </Show>
        </>
      }
      above={<MockBanner when={run()?.inputs?.sourceKinds.includes('mock')} />}
    >
      <DataState
        of={query}
        skeleton={<Skeleton rows={10} class="card" />}
        isEmpty={(data) => !data.liftEvaluation}
        empty={<Missing what="evaluation" all="/lift" />}
      >
        {(data) => <Shown run={data().liftEvaluation!} />}
      </DataState>
    </Page>
  );
}
