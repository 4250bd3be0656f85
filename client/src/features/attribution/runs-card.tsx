import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import type { Query } from '../../data/query.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { integer } from '../../ui/format.ts';
import { MockBadge } from '../../ui/mock-badge.tsx';
import { RunBadge } from '../../ui/run-badge.tsx';
import { Time } from '../../ui/time.tsx';
import type { AttributionRunsQuery, SettingsFieldsFragment } from './attribution.generated.ts';
import { allModels, modelNames } from './models.ts';
import { type RunSettings, writeSettings } from './run-form-state.ts';

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
    { CHANNEL: '', CAMPAIGN: 'campaigns', CHANNEL_AND_CAMPAIGN: 'campaigns by channel' }[settings.unit],
  ]
    .filter(Boolean)
    .join(' · ');
}

type Run = AttributionRunsQuery['attributionRuns']['edges'][number]['node'];

function RunItem(props: { run: Run; chosen: boolean }) {
  return (
    <li class="border-t border-line-soft">
      <A
        href={runAddress(props.run.id, props.run.settings)}
        class="flex items-center gap-3 px-4 py-2 text-sm hover:bg-hover"
        classList={{ 'bg-accent-soft!': props.chosen }}
      >
        <span class="min-w-0 flex-1">
          <span class="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span>{describe(props.run.settings)}</span>
            <MockBadge when={props.run.settings.mock} />
          </span>
          <span class="tabular block text-xs text-ink-2">
            <Time at={props.run.createdAt} />
            {props.run.inputs ? ` · ${integer(props.run.inputs.journeys)} journeys` : ''}
          </span>
        </span>
        <RunBadge run={props.run} />
      </A>
    </li>
  );
}

/** Runs that are kept, newest first. */
export function RunsCard(props: {
  query: Query<AttributionRunsQuery>;
  chosen: string | undefined;
  onMore: () => void;
}) {
  return (
    <Card title="Stored runs" flush>
      <DataState
        of={props.query}
        isEmpty={(data) => data.attributionRuns.edges.length === 0}
        empty={<p class="px-4 pb-4 text-sm text-ink-2">Every run is kept here with its inputs and settings.</p>}
      >
        {(data) => (
          <>
            <ul class="max-h-96 overflow-y-auto" tabindex={0} aria-label="Stored runs">
              <For each={data().attributionRuns.edges.map((edge) => edge.node)}>
                {(run) => <RunItem run={run} chosen={run.id === props.chosen} />}
              </For>
            </ul>
            <Show when={data().attributionRuns.pageInfo.hasNextPage}>
              <div class="border-t border-line-soft px-4 py-2">
                <Button size="sm" onClick={() => props.onMore()}>
                  Older runs
                </Button>
              </div>
            </Show>
          </>
        )}
      </DataState>
    </Card>
  );
}
