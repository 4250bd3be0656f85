import { For, Match, Show, Switch } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { useQuery } from '../../data/url.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { percent } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { CancelAttributionRunDocument, type RunFieldsFragment } from './attribution.generated.ts';
import { Comparison } from './comparison.tsx';
import { ModelResult } from './model-result.tsx';
import { modelNames } from './models.ts';

function Running(props: { run: RunFieldsFragment }) {
  const cancel = createAction(() => mutate(CancelAttributionRunDocument, { id: props.run.id }));
  return (
    <Card
      title="Computing"
      hint={props.run.state === 'QUEUED' ? 'Waiting for its turn' : 'Reading journeys and solving the models'}
    >
      <div class="flex flex-col gap-3">
        <div class="flex items-center gap-3">
          <Progress label="Progress of the run" value={props.run.state === 'QUEUED' ? null : props.run.progress} />
          <span class="tabular w-12 text-right text-sm font-semibold">{percent(props.run.progress, 0)}</span>
        </div>
        <Show when={may('causal:run')}>
          <div>
            <Button size="sm" pending={cancel.pending()} onClick={() => void cancel.run()}>
              Cancel
            </Button>
          </div>
        </Show>
      </div>
    </Card>
  );
}

function Results(props: { run: RunFieldsFragment }) {
  const url = useQuery();
  const tab = () =>
    props.run.results.find((result) => result.model.toLowerCase() === url.get('tab'))?.model ?? 'compare';
  const tabs = () => [
    { value: 'compare', label: 'Compare' },
    ...props.run.results.map(({ model }) => ({ value: model as string, label: modelNames[model] })),
  ];
  return (
    <div class="flex min-w-0 flex-col gap-4">
      <Tabs
        label="Models"
        value={tab()}
        options={tabs()}
        onChange={(value) => url.set({ tab: value === 'compare' ? null : value.toLowerCase() })}
      />
      <For each={props.run.warnings}>{(warning) => <Banner tone="warn">{warning}</Banner>}</For>
      <Show
        when={props.run.results.find((result) => result.model === tab())}
        keyed
        fallback={<Comparison run={props.run} />}
      >
        {(result) => <ModelResult run={props.run} result={result} />}
      </Show>
    </div>
  );
}

/** One run in whichever state it is. */
export function RunView(props: { run: RunFieldsFragment }) {
  return (
    <Switch>
      <Match when={props.run.state === 'QUEUED' || props.run.state === 'RUNNING'}>
        <Running run={props.run} />
      </Match>
      <Match when={props.run.state === 'FAILED'}>
        <Banner tone="error">{props.run.error ?? 'The run failed.'}</Banner>
      </Match>
      <Match when={props.run.state === 'CANCELLED'}>
        <Card>
          <EmptyState title="This run was cancelled">Run it again with the settings above.</EmptyState>
        </Card>
      </Match>
      <Match when={props.run.results.length === 0}>
        <Card>
          <EmptyState title="Nothing to credit">No converted journey has a touch within these settings.</EmptyState>
        </Card>
      </Match>
      <Match when={props.run.results.length > 0}>
        <Results run={props.run} />
      </Match>
    </Switch>
  );
}
