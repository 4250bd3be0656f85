import RefreshCw from 'lucide-solid/icons/refresh-cw';
import { For, Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { plural } from '../../../ui/format.ts';
import { toast } from '../../../ui/toast.tsx';
import { StartSyncsDocument, type StartSyncsMutation } from '../connections.generated.ts';
import type { Row } from './group-connections.ts';

type Start = StartSyncsMutation['startSyncs'][number];

function Problems(props: { starts: Start[]; nameOf: (id: string) => string; onClose: () => void }) {
  const problems = () => props.starts.filter(({ problem }) => problem !== null);
  return (
    <Dialog
      open={problems().length > 0}
      title={`${plural(problems().length, 'sync')} did not start`}
      onClose={() => props.onClose()}
      footer={<Button onClick={() => props.onClose()}>Close</Button>}
    >
      <p class="mb-2 text-sm text-ink-2">
        {props.starts.length > problems().length
          ? `${plural(props.starts.length - problems().length, 'other')} started.`
          : 'None started.'}
      </p>
      <ul class="flex flex-col gap-2 text-sm">
        <For each={problems()}>
          {(start) => (
            <li>
              <strong class="block font-semibold">{props.nameOf(start.connectionId)}</strong>
              <span class="text-ink-2">{start.problem}</span>
            </li>
          )}
        </For>
      </ul>
    </Dialog>
  );
}

/** What can be done with all that are selected. */
export function BulkBar(props: { rows: Row[]; selected: string[]; onClear: () => void }) {
  const [starts, setStarts] = createSignal<Start[]>([]);
  const action = createAction(async () => {
    const { startSyncs } = await mutate(StartSyncsDocument, { connectionIds: props.selected });
    setStarts(startSyncs);
    const started = startSyncs.filter(({ problem }) => problem === null).length;
    if (started > 0) toast(`${plural(started, 'sync')} started`);
    props.onClear();
  });
  const run = async (): Promise<void> => {
    if (!(await action.run())) toast(action.failure()?.message ?? 'Nothing was started.', 'error');
  };
  return (
    <>
      <Show when={props.selected.length > 0}>
        <div
          role="region"
          aria-label="Selected connections"
          class="sticky bottom-3 z-10 flex flex-wrap items-center gap-2 self-center rounded-[10px] bg-raised px-3 py-2 text-sm shadow-raised"
        >
          <span class="font-semibold" aria-live="polite">
            {props.selected.length} selected
          </span>
          <Button look="primary" size="sm" pending={action.pending()} onClick={() => void run()}>
            <RefreshCw size={13} aria-hidden="true" /> Sync all
          </Button>
          <Button look="ghost" size="sm" onClick={() => props.onClear()}>
            Clear
          </Button>
        </div>
      </Show>
      <Problems
        starts={starts()}
        nameOf={(id) => props.rows.find((row) => row.id === id)?.name ?? id}
        onClose={() => setStarts([])}
      />
    </>
  );
}
