import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import type { Query } from '../../data/query.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { integer, percent } from '../../ui/format.ts';
import { Time } from '../../ui/time.tsx';
import type { AttributionRunsQuery, RunState, SettingsFieldsFragment } from './attribution.generated.ts';
import { allModels, modelNames } from './models.ts';
import { type RunSettings, writeSettings } from './run-form-state.ts';

export const runStates: Record<RunState, { tone: Tone; label: string; busy?: boolean }> = {
  QUEUED: { tone: 'info', label: 'Queued', busy: true },
  RUNNING: { tone: 'info', label: 'Running', busy: true },
  SUCCEEDED: { tone: 'ok', label: 'Done' },
  FAILED: { tone: 'error', label: 'Failed' },
  CANCELLED: { tone: 'neutral', label: 'Cancelled' },
};

/** The address of a stored run, with its settings in the form. */
export function runAddress(id: string, settings: SettingsFieldsFragment): string {
  const stored = {
    ...settings,
    from: settings.from ?? undefined,
    to: settings.to ?? undefined,
  } as unknown as RunSettings;
  const entries = Object.entries(writeSettings(stored)).filter((entry): entry is [string, string] => entry[1] !== null);
  const query = new URLSearchParams(entries).toString();
  return `/attribution/${id}${query ? `?${query}` : ''}`;
}

function describe(settings: SettingsFieldsFragment): string {
  const { models } = settings;
  const names =
    models.length === allModels.length
      ? 'All models'
      : models.length > 2
        ? `${models.length} models`
        : models.map((model) => modelNames[model]).join(', ');
  return [
    names,
    settings.windowDays === null ? 'all touches' : `${settings.windowDays} d`,
    settings.unit === 'CAMPAIGN' ? 'campaigns' : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Runs that are kept, newest first. */
export function RunsCard(props: { query: Query<AttributionRunsQuery>; chosen: string | undefined }) {
  return (
    <Card title="Stored runs" flush>
      <DataState
        of={props.query}
        isEmpty={(data) => data.attributionRuns.edges.length === 0}
        empty={<p class="px-4 pb-4 text-sm text-ink-2">Every run is kept here with its inputs and settings.</p>}
      >
        {(data) => (
          <ul class="max-h-96 overflow-y-auto" tabindex={0} aria-label="Stored runs">
            <For each={data().attributionRuns.edges.map((edge) => edge.node)}>
              {(run) => (
                <li class="border-t border-line-soft">
                  <A
                    href={runAddress(run.id, run.settings)}
                    class="flex items-center gap-3 px-4 py-2 text-sm hover:bg-hover"
                    classList={{ 'bg-accent-soft!': run.id === props.chosen }}
                  >
                    <span class="min-w-0 flex-1">
                      <span class="flex items-center gap-2">
                        <span class="truncate">{describe(run.settings)}</span>
                        <Show when={run.settings.mock}>
                          <Badge tone="warn" shape={false}>
                            Mock
                          </Badge>
                        </Show>
                      </span>
                      <span class="tabular block text-xs text-ink-2">
                        <Time at={run.createdAt} />
                        {run.inputs ? ` · ${integer(run.inputs.journeys)} journeys` : ''}
                      </span>
                    </span>
                    <Badge tone={runStates[run.state].tone} busy={runStates[run.state].busy ?? false}>
                      {run.state === 'RUNNING' ? percent(run.progress, 0) : runStates[run.state].label}
                    </Badge>
                  </A>
                </li>
              )}
            </For>
          </ul>
        )}
      </DataState>
    </Card>
  );
}
