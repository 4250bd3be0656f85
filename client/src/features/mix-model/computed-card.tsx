import { Show } from 'solid-js';
import { Reproduce } from '../../runs/reproduce.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { duration, integer } from '../../ui/format.ts';
import { Time } from '../../ui/time.tsx';
import { InputsFacts } from './inputs-facts.tsx';
import type { MixModelFieldsFragment } from './mix-model.generated.ts';

interface Sampler {
  readonly chains: number;
  readonly draws: number;
  readonly warmup: number;
}

function samplerOf(model: MixModelFieldsFragment): Sampler {
  return (model.settings as { sampler: Sampler }).sampler;
}

/** How the figures came about: what was read, what was set, and that it can be done again. */
export function ComputedCard(props: { model: MixModelFieldsFragment }) {
  const sampler = () => samplerOf(props.model);
  return (
    <Card title="How was this computed?">
      <div class="flex flex-col gap-4">
        <p class="text-sm text-ink-2">
          A Bayesian regression on carried-over, saturated media, drawn by a no-U-turn sampler. What the data cannot
          tell, the priors below the results decide.
        </p>
        <Facts
          items={[
            ['Chains', `${sampler().chains} of ${integer(sampler().draws)} draws, ${integer(sampler().warmup)} before`],
            ['Intervals', '90 %'],
            ['Seed', String(props.model.seed)],
            ['Computed', <Time at={props.model.finishedAt} />],
            ['Took', duration(props.model.computeMillis)],
            ['Code', <code class="font-mono text-xs">{props.model.codeVersion}</code>],
          ]}
        />
        <Show when={props.model.inputs}>{(inputs) => <InputsFacts inputs={inputs()} />}</Show>
        <Show when={props.model.state === 'SUCCEEDED'}>
          <Reproduce kind="MIX_MODEL" id={props.model.id} />
        </Show>
      </div>
    </Card>
  );
}
