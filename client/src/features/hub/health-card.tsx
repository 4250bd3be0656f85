import { For, Show } from 'solid-js';
import { createFeed } from '../../data/feed.ts';
import { createQuery } from '../../data/query.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { decimal, duration, words } from '../../ui/format.ts';
import { type HealthFieldsFragment, HubHealthChangedDocument, HubHealthDocument } from './hub.generated.ts';

const tones: Record<HealthFieldsFragment['state'], Tone> = { HEALTHY: 'ok', DEGRADED: 'warn', DOWN: 'error' };
const names: Record<HealthFieldsFragment['state'], string> = { HEALTHY: 'Healthy', DEGRADED: 'Degraded', DOWN: 'Down' };

/** The parts of the service and how quickly they answer. */
export function HealthCard() {
  const query = createQuery(HubHealthDocument, () => ({}));
  createFeed({
    document: HubHealthChangedDocument,
    variables: () => ({}),
    onEvent: ({ healthChanged }) =>
      query.patch((data) => {
        data.health = healthChanged;
      }),
  });
  const health = () => query.data()?.health;
  return (
    <Card
      title="Service health"
      hint={
        health()
          ? `${health()!.version} · ${health()!.mode} · up ${duration(health()!.uptimeSeconds * 1_000)}`
          : undefined
      }
      aside={
        <Show when={health()}>{(health) => <Badge tone={tones[health().state]}>{names[health().state]}</Badge>}</Show>
      }
    >
      <DataState of={query}>
        {(data) => (
          <ul class="flex flex-col">
            <For each={data().health.checks}>
              {(check) => (
                <li class="flex min-h-8 flex-wrap items-center gap-x-2 border-b border-line-soft text-sm last:border-0">
                  <span class="flex-1">{words(check.name.replace('subgraph:', ''))}</span>
                  <Show when={check.message}>
                    <span class="text-xs text-ink-2">{check.message}</span>
                  </Show>
                  <span class="tabular text-xs text-ink-2">
                    {check.latencyMillis === null ? '' : `${decimal(check.latencyMillis, 1)} ms`}
                  </span>
                  <Badge tone={tones[check.state]}>{names[check.state]}</Badge>
                </li>
              )}
            </For>
          </ul>
        )}
      </DataState>
    </Card>
  );
}
