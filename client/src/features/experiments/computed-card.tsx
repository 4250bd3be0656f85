import { For, Show } from 'solid-js';
import { Reproduce } from '../../runs/reproduce.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataHash } from '../../ui/data-hash.tsx';
import { Facts } from '../../ui/facts.tsx';
import { integer, words } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { days } from '../../ui/time.tsx';
import type { AnalysisFieldsFragment, ExperimentFieldsFragment } from './experiments.generated.ts';

interface Shown {
  experiment: ExperimentFieldsFragment;
  analysis: AnalysisFieldsFragment;
}

/** How the figures came about: what was read, what is taken for granted, and that it can be done again. */
export function AnalysisComputedCard(props: Shown) {
  const inputs = () => props.analysis.inputs;
  const save = (): void =>
    saveFile(
      `experiment-${props.experiment.id.slice(-6)}.json`,
      'application/json',
      `${JSON.stringify(props.experiment, null, 2)}\n`,
    );
  return (
    <Card title="How was this computed?">
      <div class="flex flex-col gap-4">
        <Facts
          items={[
            ['Figures', integer(inputs().rows)],
            ['Days', days(inputs().firstDate, inputs().lastDate)],
            ['Sources', inputs().sourceKinds.map(words).join(', ') || 'None'],
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
        <Reproduce kind="EXPERIMENT" id={props.experiment.id} offered={props.experiment.state === 'DECIDED'}>
          <Button size="sm" onClick={save}>
            Save as JSON
          </Button>
        </Reproduce>
      </div>
    </Card>
  );
}
