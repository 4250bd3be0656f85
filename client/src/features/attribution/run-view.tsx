import { Show } from 'solid-js';
import { mutate } from '../../data/query.ts';
import { useQuery } from '../../data/url.ts';
import { Warnings } from '../../runs/warnings.tsx';
import { RunStates } from '../../runs/run-states.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
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
    <RunStates
      run={props.run}
      title="Computing"
      hint="Reading journeys and solving the models"
      noun="run"
      cancel={() => mutate(CancelAttributionRunDocument, { id: props.run.id })}
      again="Run it again with the settings above."
    >
      <Show
        when={props.run.results.length > 0}
        fallback={
          <Card>
            <EmptyState title="Nothing to credit">No converted journey has a touch within these settings.</EmptyState>
          </Card>
        }
      >
        <Results run={props.run} />
      </Show>
    </RunStates>
  );
}
