import { For, Show } from 'solid-js';
import { Card } from '../../../ui/card.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { integer, percent } from '../../../ui/format.ts';
import { Time, date } from '../../../ui/time.tsx';
import type { ConnectionQuery } from '../connections.generated.ts';
import { StateBadge } from '../state-badge.tsx';
import { healthLevels } from '../states.ts';

type Health = NonNullable<ConnectionQuery['connection']>['health'];

/** How well a source works, and what to do when it does not. */
export function HealthCard(props: { health: Health }) {
  return (
    <Card
      title="Health"
      hint="Syncs of seven days, account-days of thirty"
      aside={
        <span class="flex items-center gap-2">
          <Show when={props.health.score !== null}>
            <span class="tabular text-lg font-semibold">{props.health.score}</span>
          </Show>
          <StateBadge of={healthLevels[props.health.level]} />
        </span>
      }
    >
      <Facts
        items={[
          ['Parts that could be read', percent(props.health.availability)],
          ['Complete account-days', percent(props.health.completeness)],
          ['Rows understood', percent(props.health.understood)],
          ['Failed parts', integer(props.health.errors)],
          ['Read to', date(props.health.readTo)],
          ['Last success', <Time at={props.health.lastSuccessAt} />],
        ]}
      />
      <Show when={props.health.lastError}>
        <p class="mt-2 text-sm text-ink-2">
          Last error <Time at={props.health.lastErrorAt} />: {props.health.lastError}
        </p>
      </Show>
      <Show when={props.health.problems.length > 0}>
        <ul class="mt-3 list-disc pl-5 text-sm">
          <For each={props.health.problems}>{(problem) => <li>{problem}</li>}</For>
        </ul>
      </Show>
    </Card>
  );
}
