import { useParams } from '@solidjs/router';
import { Match, Show, Switch } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { createQuery } from '../../data/query.ts';
import { MockBanner } from '../../ui/mock-banner.tsx';
import { Warnings } from '../../runs/warnings.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { Missing } from '../../ui/missing.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { days } from '../../ui/time.tsx';
import { AbResult } from './ab-result.tsx';
import { AssignmentCard } from './assignment-card.tsx';
import { AnalysisComputedCard } from './computed-card.tsx';
import { DecisionCard } from './decision-card.tsx';
import { DesignAnswer } from './design-answer.tsx';
import { kindNames, stateLooks } from './experiment-names.ts';
import {
  ExperimentDocument,
  type ExperimentFieldsFragment,
  ExperimentProgressDocument,
} from './experiments.generated.ts';
import { GeoDesignCard } from './geo-design-card.tsx';
import { GeoResult } from './geo-result.tsx';
import { MarketsCard } from './markets-card.tsx';
import { RunCard } from './run-card.tsx';

interface Shown {
  experiment: ExperimentFieldsFragment;
  onChanged: () => void;
}

function Status(props: { experiment: ExperimentFieldsFragment }) {
  return (
    <span class="flex flex-wrap items-center gap-2">
      <Badge tone={stateLooks[props.experiment.state].tone}>{stateLooks[props.experiment.state].label}</Badge>
      <span class="tabular">
        {kindNames[props.experiment.kind]}
        {props.experiment.startedOn ? ` · ${days(props.experiment.startedOn, props.experiment.endsOn)}` : ''}
      </span>
    </span>
  );
}

function Planning(props: Shown) {
  return (
    <>
      <Show when={props.experiment.geo && props.experiment.state !== 'DECIDED'}>
        <MarketsCard experiment={props.experiment} onChanged={props.onChanged} />
      </Show>
      <Show when={props.experiment.geoDesign}>{(design) => <GeoDesignCard design={design()} />}</Show>
      <Show when={props.experiment.abDesign}>
        {(design) => (
          <Card title="How large it must be">
            <DesignAnswer design={design()} unit={props.experiment.ab?.unit ?? 'units'} />
          </Card>
        )}
      </Show>
    </>
  );
}

function Result(props: { experiment: ExperimentFieldsFragment }) {
  return (
    <Show when={props.experiment.analysis}>
      {(analysis) => (
        <>
          <Card title="Conclusion">
            <div class="flex flex-col gap-3">
              <p role="status">{analysis().conclusion}</p>
              <Show when={analysis().sampleRatio?.mismatch}>
                <Banner tone="error">
                  Arms are not filled as planned. Find out why before reading any result: a broken redirect, bots, or
                  units counted twice.
                </Banner>
              </Show>
              <Warnings of={analysis().warnings} />
            </div>
          </Card>
          <Switch>
            <Match when={props.experiment.kind === 'AB'}>
              <AbResult analysis={analysis()} experiment={props.experiment} />
            </Match>
            <Match when={props.experiment.kind === 'GEO'}>
              <GeoResult analysis={analysis()} experiment={props.experiment} />
            </Match>
          </Switch>
        </>
      )}
    </Show>
  );
}

function Body(props: Shown) {
  const planned = () => props.experiment.state === 'DRAFT' || props.experiment.state === 'DESIGNED';
  return (
    <div class="flex flex-col gap-4 xl:flex-row xl:items-start">
      <div class="flex min-w-0 flex-1 flex-col gap-4">
        <Show when={planned()} fallback={<Result experiment={props.experiment} />}>
          <Planning experiment={props.experiment} onChanged={props.onChanged} />
        </Show>
        <Show when={props.experiment.ab}>
          <AssignmentCard experiment={props.experiment} />
        </Show>
        <Show when={!planned() && props.experiment.geoDesign}>{(design) => <GeoDesignCard design={design()} />}</Show>
      </div>
      <div class="flex min-w-0 shrink-0 flex-col gap-4 empty:hidden xl:w-[300px]">
        <Show when={props.experiment.hypothesis}>
          <Card title="Hypothesis">
            <p class="text-sm">{props.experiment.hypothesis}</p>
          </Card>
        </Show>
        <RunCard experiment={props.experiment} onChanged={props.onChanged} />
        <DecisionCard experiment={props.experiment} onChanged={props.onChanged} />
        <Show when={props.experiment.analysis}>
          {(analysis) => <AnalysisComputedCard experiment={props.experiment} analysis={analysis()} />}
        </Show>
      </div>
    </div>
  );
}

/** One experiment: its plan, its assignment, what it shows so far, and the decision. */
export function ExperimentPage() {
  const params = useParams<{ id: string }>();
  const query = createQuery(ExperimentDocument, () => ({ id: params.id }));
  createFeed({
    document: ExperimentProgressDocument,
    variables: () => (activity.ready() ? { id: params.id } : null),
    after: knownSequence,
    sequenceOf: (data) => data.experimentProgress.sequence,
    onEvent: () => query.refetch(),
  });
  const shown = () => query.data()?.experiment ?? undefined;
  const isMock = () => shown()?.ab?.mock || shown()?.geo?.mock;
  return (
    <Page
      title={shown()?.name ?? 'Experiment'}
      status={<Show when={shown()}>{(experiment) => <Status experiment={experiment()} />}</Show>}
      actions={<LinkButton href="/experiments">All experiments</LinkButton>}
      above={<MockBanner when={isMock()} />}
    >
      <DataState
        of={query}
        skeleton={<Skeleton rows={8} class="card" />}
        isEmpty={(data) => !data.experiment}
        empty={<Missing what="experiment" all="/experiments" />}
      >
        {() => (
          <Show when={shown()}>{(experiment) => <Body experiment={experiment()} onChanged={query.refetch} />}</Show>
        )}
      </DataState>
    </Page>
  );
}
