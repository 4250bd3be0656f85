import { useParams } from '@solidjs/router';
import { Show, createMemo, createSignal } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { createAction, createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { useQuery } from '../../data/url.ts';
import { MockBanner } from '../../ui/mock-banner.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Missing } from '../../ui/missing.tsx';
import { Page } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { AccuracyCard } from './accuracy-card.tsx';
import { ComparisonCard } from './comparison-card.tsx';
import { FoldsCard } from './folds-card.tsx';
import { ModelChangesDocument, ModelDocument, type ModelQuery, RetireModelDocument } from './models.generated.ts';
import { PredictionsCard } from './predictions-card.tsx';
import { TrainDialog } from './train-dialog.tsx';
import { VersionComputedCard } from './version-computed-card.tsx';
import { VersionsCard } from './versions-card.tsx';

export type Model = NonNullable<ModelQuery['model']>;

function createModel(id: () => string) {
  const query = createQuery(ModelDocument, () => ({ id: id() }));
  createFeed({
    document: ModelChangesDocument,
    variables: () => (activity.ready() ? {} : null),
    after: knownSequence,
    sequenceOf: (data) => data.modelChanges.sequence,
    onEvent: ({ modelChanges: { model: changed } }) => {
      if (changed.id !== id()) return;
      const known = new Map(query.data()?.model?.versions.map((version) => [version.id, version.state]));
      const onlyProgress = changed.versions.every(({ id: one, state }) => known.get(one) === state);
      const running = changed.versions.some(({ state }) => state === 'RUNNING');
      query.patch((data) => {
        for (const { id: one, progress } of changed.versions) {
          const version = data.model?.versions.find((shown) => shown.id === one);
          if (version) version.progress = progress;
        }
      });
      if (!onlyProgress || !running) query.refetch();
    },
  });
  return query;
}

function Retire(props: { model: Model; onDone: () => void }) {
  const [asked, setAsked] = createSignal(false);
  const retire = createAction(async () => {
    await mutate(RetireModelDocument, { id: props.model.id });
    setAsked(false);
    props.onDone();
  });
  return (
    <>
      <Button onClick={() => setAsked(true)}>Retire…</Button>
      <ConfirmDialog
        open={asked()}
        title={`Retire “${props.model.name}”?`}
        confirm="Retire model"
        pending={retire.pending()}
        error={retire.failure()?.message}
        onConfirm={() => void retire.run()}
        onClose={() => setAsked(false)}
      >
        <p>No version of it can be trained or promoted any more. What it found stays readable.</p>
      </ConfirmDialog>
    </>
  );
}

function VersionView(props: { model: Model; version: Model['versions'][number] }) {
  return (
    <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_300px]">
      <div class="flex min-w-0 flex-col gap-4">
        <FoldsCard version={props.version} />
        <Show when={props.version.state === 'SUCCEEDED'}>
          <AccuracyCard version={props.version} modelId={props.model.id} />
          <PredictionsCard version={props.version} modelId={props.model.id} />
        </Show>
      </div>
      <VersionComputedCard version={props.version} />
    </div>
  );
}

function Shown(props: { model: Model; refetch: () => void }) {
  const url = useQuery();
  const [compared, setCompared] = createSignal<string[]>([]);
  const [failure, setFailure] = createSignal('');
  const version = createMemo(() => {
    const { versions, champion } = props.model;
    const wanted = url.get('version') ?? String(champion?.number ?? versions[0]?.number ?? '');
    return versions.find(({ number }) => String(number) === wanted) ?? versions[0];
  });
  return (
    <div class="flex min-w-0 flex-col gap-4">
      <VersionsCard
        model={props.model}
        chosen={version()?.id}
        compared={compared()}
        onChoose={(number) => url.set({ version: String(number) })}
        onCompare={setCompared}
        onChanged={props.refetch}
        failure={failure()}
        onFailure={setFailure}
      />
      <Show when={compared().length > 1}>
        <ComparisonCard ids={compared()} />
      </Show>
      {/* Anew for each version: its filters belong to its channels. */}
      <Show when={version()?.id} keyed>
        <VersionView model={props.model} version={version()!} />
      </Show>
    </div>
  );
}

function Status(props: { model: Model }) {
  return (
    <span class="flex flex-wrap items-center gap-2">
      <Show when={props.model.champion} fallback={<Badge tone="neutral">No champion</Badge>}>
        {(champion) => <Badge tone="ok">Champion v{champion().number}</Badge>}
      </Show>
      <Show when={props.model.retiredAt}>
        <Badge tone="warn">Retired</Badge>
      </Show>
      <span>
        Created <Time at={props.model.createdAt} /> by {props.model.createdBy}
      </span>
    </span>
  );
}

function Actions(props: { model: Model; refetch: () => void }) {
  const [training, setTraining] = createSignal(false);
  const started = (): void => {
    setTraining(false);
    props.refetch();
  };
  return (
    <Show when={!props.model.retiredAt && may('causal:run')}>
      <Show when={props.model.champion}>
        <LinkButton href="/budget">Plan a budget</LinkButton>
      </Show>
      <Retire model={props.model} onDone={props.refetch} />
      <Button look="primary" onClick={() => setTraining(true)}>
        Train a version
      </Button>
      <TrainDialog open={training()} model={props.model} onClose={() => setTraining(false)} onStarted={started} />
    </Show>
  );
}

/** One model: its versions, how well they foretell, and what they say of the future. */
export function ModelPage() {
  const params = useParams<{ id: string }>();
  const query = createModel(() => params.id);
  const model = () => query.data()?.model ?? undefined;
  return (
    <Page
      title={model()?.name ?? 'Model'}
      status={<Show when={model()}>{(model) => <Status model={model()} />}</Show>}
      actions={
        <>
          <LinkButton href="/models">All models</LinkButton>
          <Show when={model()}>{(model) => <Actions model={model()} refetch={query.refetch} />}</Show>
        </>
      }
      above={<MockBanner when={model()?.mock}>All versions of this model are trained on generated data.</MockBanner>}
    >
      <DataState of={query} isEmpty={(data) => !data.model} empty={<Missing what="model" all="/models" />}>
        {() => <Show when={model()}>{(model) => <Shown model={model()} refetch={query.refetch} />}</Show>}
      </DataState>
    </Page>
  );
}
