import { For, Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataHash } from '../../ui/data-hash.tsx';
import { Facts } from '../../ui/facts.tsx';
import { integer } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { Sameness } from '../../ui/sameness.tsx';
import { days } from '../../ui/time.tsx';
import {
  type AnalysisFieldsFragment,
  type ExperimentFieldsFragment,
  ReproduceExperimentAnalysisDocument,
  type ReproduceExperimentAnalysisMutation,
} from './experiments.generated.ts';

interface Shown {
  experiment: ExperimentFieldsFragment;
  analysis: AnalysisFieldsFragment;
}
type Outcome = ReproduceExperimentAnalysisMutation['reproduceExperimentAnalysis'];

function Reproduce(props: Shown) {
  const [outcome, setOutcome] = createSignal<Outcome>();
  const action = createAction(async () => {
    const { id } = props.experiment;
    setOutcome((await mutate(ReproduceExperimentAnalysisDocument, { id })).reproduceExperimentAnalysis);
  });
  const save = (): void =>
    saveFile(
      `experiment-${props.experiment.id.slice(-6)}.json`,
      'application/json',
      `${JSON.stringify(props.experiment, null, 2)}\n`,
    );
  return (
    <div class="flex flex-col gap-2">
      <div class="flex flex-wrap gap-2">
        <Show when={may('causal:run') && props.experiment.state === 'DECIDED'}>
          <Button size="sm" pending={action.pending()} onClick={() => void action.run()}>
            Compute again and compare
          </Button>
        </Show>
        <Button size="sm" onClick={save}>
          Save as JSON
        </Button>
      </div>
      <Show when={action.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <Show when={outcome()}>{(found) => <Sameness of={found()} />}</Show>
    </div>
  );
}

/** How the figures came about: what was read, what is taken for granted, and that it can be done again. */
export function AnalysisComputedCard(props: Shown) {
  const inputs = () => props.analysis.inputs;
  return (
    <Card title="How was this computed?">
      <div class="flex flex-col gap-4">
        <Facts
          items={[
            ['Figures', integer(inputs().rows)],
            ['Days', days(inputs().firstDate, inputs().lastDate)],
            ['Sources', inputs().sourceKinds.join(', ') || 'none'],
            ['Version', props.analysis.codeVersion],
            [
              'Hash of the data',
              <Show when={inputs().dataHash} fallback="–">
                <DataHash hash={inputs().dataHash} />
              </Show>,
            ],
          ]}
        />
        <Show when={props.analysis.assumptions.length > 0}>
          <div>
            <h3 class="text-xs font-semibold text-ink-2">Assumptions</h3>
            <ul class="mt-1 list-disc pl-5 text-sm">
              <For each={props.analysis.assumptions}>{(text) => <li>{text}</li>}</For>
            </ul>
          </div>
        </Show>
        <Reproduce {...props} />
      </div>
    </Card>
  );
}
