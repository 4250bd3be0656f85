import { Show } from 'solid-js';
import { Reproduce } from '../../runs/reproduce.tsx';
import { Card } from '../../ui/card.tsx';
import { DataHash } from '../../ui/data-hash.tsx';
import { Facts } from '../../ui/facts.tsx';
import { duration, integer, money, quantity, words } from '../../ui/format.ts';
import { Time, days } from '../../ui/time.tsx';
import type { RunFieldsFragment } from './attribution.generated.ts';

/** How the figures came about: what was read, what was set, and that it can be done again. */
export function ComputedCard(props: { run: RunFieldsFragment }) {
  const settings = () => props.run.settings;
  const inputs = () => props.run.inputs;
  return (
    <Card title="How was this computed?">
      <div class="flex flex-col gap-4">
        <Facts
          items={[
            [
              'Window',
              settings().windowDays === null ? 'Every touch' : `${settings().windowDays} days before conversion`,
            ],
            ['Conversions', settings().from || settings().to ? days(settings().from, settings().to) : 'All'],
            [
              'Markov order',
              `${settings().markovOrder}, ${settings().includeNulls ? 'with' : 'without'} journeys that did not convert`,
            ],
            ['Half-life', `${settings().halfLifeDays} days`],
            ['Computed', <Time at={props.run.finishedAt} />],
            ['Took', duration(props.run.computeMillis)],
            ['Code', <code class="font-mono text-xs">{props.run.codeVersion}</code>],
          ]}
        />
        <Show when={inputs()}>
          {(inputs) => (
            <Facts
              items={[
                ['Journeys', integer(inputs().journeys)],
                ['Distinct paths', integer(inputs().paths)],
                ['Touches', integer(inputs().touches)],
                ['Converted', quantity(inputs().conversions)],
                ['Without conversion', quantity(inputs().nulls)],
                ['Value', money(inputs().value, inputs().currency)],
                ['No touch in window', quantity(inputs().unattributed)],
                ['Days', days(inputs().firstDate, inputs().lastDate)],
                ['Sources', inputs().sourceKinds.map(words).join(', ') || '–'],
                ['Data hash', <DataHash hash={inputs().dataHash} />],
              ]}
            />
          )}
        </Show>
        <Show when={props.run.state === 'SUCCEEDED'}>
          <Reproduce kind="ATTRIBUTION_RUN" id={props.run.id} />
        </Show>
      </div>
    </Card>
  );
}
