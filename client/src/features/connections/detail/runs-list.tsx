import { For, Show } from 'solid-js';
import { integer, percent, words } from '../../../ui/format.ts';
import { Time } from '../../../ui/time.tsx';
import type { SyncRunFieldsFragment } from '../connections.generated.ts';
import { StateBadge } from '../state-badge.tsx';
import { isRunning, syncStates } from '../states.ts';

/** The latest runs; a click shows one. */
export function RunsList(props: {
  runs: SyncRunFieldsFragment[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}) {
  return (
    <Show when={props.runs.length > 0} fallback={<p class="px-4 pb-4 text-sm text-ink-2">It was never synced.</p>}>
      <ul class="max-h-96 overflow-y-auto" tabindex={0} aria-label="Runs">
        <For each={props.runs}>
          {(run) => (
            <li class="border-t border-line-soft">
              <button
                type="button"
                class="flex w-full items-center gap-3 px-4 py-2 text-left text-sm hover:bg-hover aria-pressed:bg-accent-soft"
                aria-pressed={run.id === props.chosen}
                onClick={() => props.onChoose(run.id)}
              >
                <StateBadge of={syncStates[run.state]} />
                <span class="min-w-0 flex-1">
                  <Time at={run.createdAt} />
                  <span class="block text-xs text-ink-2">
                    {words(run.trigger)}
                    {run.scope === 'INCREMENTAL' ? '' : `, ${run.scope === 'FULL' ? 'everything' : 'past days'}`}
                  </span>
                </span>
                <span class="tabular text-xs text-ink-2">
                  {isRunning(run.state)
                    ? percent(run.progress.fraction, 0)
                    : `${integer(run.progress.rowsAccepted)} rows`}
                </span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
