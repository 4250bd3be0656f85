import { Match, Show, Switch } from 'solid-js';
import { mutate } from '../../data/query.ts';
import { useQuery } from '../../data/url.ts';
import { RunningCard } from '../../runs/running-card.tsx';
import { Warnings } from '../../runs/warnings.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { isGoing } from '../../ui/run-badge.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { CancelAttributionRunDocument, type RunFieldsFragment } from './attribution.generated.ts';
import { Comparison } from './comparison.tsx';
import { ModelResult } from './model-result.tsx';
import { modelNames } from './models.ts';

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
      <Warnings of={props.run.warnings} />
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
      <Match when={isGoing(props.run)}>
        <RunningCard
          title="Computing"
          hint="Reading journeys and solving the models"
          label="Progress of the run"
          run={props.run}
          cancel={() => mutate(CancelAttributionRunDocument, { id: props.run.id })}
        />
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
