import { Show } from 'solid-js';
import { ChoiceList } from '../../../ui/choice-list.tsx';
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
      <ChoiceList label="Runs" rows={props.runs} chosen={props.chosen} onChoose={props.onChoose}>
        {(run) => (
          <>
            <StateBadge of={syncStates[run.state]} />
            <span class="min-w-0 flex-1">
              <Time at={run.createdAt} />
              <span class="block text-xs text-ink-2">
                {words(run.trigger)}
                {run.scope === 'INCREMENTAL' ? '' : `, ${run.scope === 'FULL' ? 'everything' : 'past days'}`}
              </span>
            </span>
            <span class="tabular text-xs text-ink-2">
              {isRunning(run.state) ? percent(run.progress.fraction, 0) : `${integer(run.progress.rowsAccepted)} rows`}
            </span>
          </>
        )}
      </ChoiceList>
    </Show>
  );
}
