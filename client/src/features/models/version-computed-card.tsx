import { Show } from 'solid-js';
import { Card } from '../../ui/card.tsx';
import { DataHash } from '../../ui/data-hash.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { duration, integer } from '../../ui/format.ts';
import { Time, days } from '../../ui/time.tsx';
import type { VersionFieldsFragment } from './models.generated.ts';

/** Where a version comes from. */
export function VersionComputedCard(props: { version: VersionFieldsFragment }) {
  const inputs = () => props.version.inputs;
  return (
    <Card title="How was this computed?">
      <div class="flex flex-col gap-4">
        <Facts
          items={[
            ['Version', String(props.version.number)],
            ['Back-test', `${props.version.backTest.folds} folds of ${props.version.backTest.periods} periods`],
            ['Trained', <Time at={props.version.finishedAt} />],
            ['Promoted', <Time at={props.version.promotedAt} />],
            ['Took', duration(props.version.computeMillis)],
            ['Code', <code class="font-mono text-xs">{props.version.codeVersion}</code>],
          ]}
        />
        <Show when={inputs()}>
          {(inputs) => (
            <Facts
              items={[
                ['Days', days(inputs().firstDate, inputs().lastDate)],
                ['Periods', integer(inputs().periods)],
                ['Channels', inputs().channels.join(', ')],
                ['Source', inputs().mock ? 'Mock' : 'Live and files'],
                ['Data hash', <DataHash hash={inputs().dataHash} />],
              ]}
            />
          )}
        </Show>
        <p class="text-sm text-ink-2">
          Each fold is trained on what came before it, with fewer draws, and foretells the periods of the fold. The
          version itself is trained on all periods.
        </p>
        <Show when={props.version.state === 'SUCCEEDED'}>
          <div class="flex flex-wrap gap-2">
            <LinkButton size="sm" href={`/mix-model/${props.version.mixModelId}`}>
              Open the mix model
            </LinkButton>
            <LinkButton size="sm" href={`/budget?model=${props.version.mixModelId}`}>
              Plan a budget with it
            </LinkButton>
          </div>
        </Show>
      </div>
    </Card>
  );
}
