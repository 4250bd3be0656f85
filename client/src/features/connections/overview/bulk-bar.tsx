import { A } from '@solidjs/router';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import { For, Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { plural } from '../../../ui/format.ts';
import { toast } from '../../../ui/toast.tsx';
import { TestConnectionsDocument } from '../access/access.generated.ts';
import { StartSyncsDocument } from '../connections.generated.ts';
import type { Row } from './group-connections.ts';

/** What one connection answered to what was asked of all; without a problem it went well. */
interface Outcome {
  connectionId: string;
  problem: string | null;
}

interface Report {
  title: (problems: number) => string;
  outcomes: Outcome[];
}

function Problems(props: { report: Report | undefined; nameOf: (id: string) => string; onClose: () => void }) {
  const problems = () => props.report?.outcomes.filter(({ problem }) => problem !== null) ?? [];
  const well = () => (props.report?.outcomes.length ?? 0) - problems().length;
  return (
    <Dialog
      open={problems().length > 0}
      title={props.report?.title(problems().length) ?? ''}
      onClose={() => props.onClose()}
      footer={<Button onClick={() => props.onClose()}>Close</Button>}
    >
      <p class="mb-2 text-sm text-ink-2">
        {well() > 0 ? `With ${plural(well(), 'other')} it went well.` : 'It went well with none.'}
      </p>
      <ul class="flex flex-col gap-2 text-sm">
        <For each={problems()}>
          {(outcome) => (
            <li>
              <A href={`/connections/${outcome.connectionId}`} class="font-semibold hover:text-accent hover:underline">
                {props.nameOf(outcome.connectionId)}
              </A>
              <span class="block text-ink-2">{outcome.problem}</span>
            </li>
          )}
        </For>
      </ul>
    </Dialog>
  );
}

/** Starts a sync of each; those that cannot say why. */
async function syncAll(ids: string[]): Promise<Report> {
  const { startSyncs } = await mutate(StartSyncsDocument, { connectionIds: ids });
  const started = startSyncs.filter(({ problem }) => problem === null).length;
  if (started > 0) toast(`${plural(started, 'sync')} started`);
  return { title: (count: number) => `${plural(count, 'sync')} did not start`, outcomes: startSyncs };
}

/** Tests each; says of those that fail what the first failing step found. */
async function testAll(ids: string[]): Promise<Report> {
  const { testConnections } = await mutate(TestConnectionsDocument, { ids });
  const outcomes = testConnections.map(({ connectionId, test, reason }) => ({
    connectionId,
    problem: test ? (test.steps.find(({ ok }) => !ok)?.message ?? null) : reason,
  }));
  const well = outcomes.filter(({ problem }) => problem === null).length;
  if (well > 0) toast(plural(well, 'connection works', 'connections work'));
  return { title: (count: number) => `${plural(count, 'test')} failed`, outcomes };
}

/** What can be done with all that are selected. */
export function BulkBar(props: { rows: Row[]; selected: string[]; onClear: () => void }) {
  const [report, setReport] = createSignal<Report>();
  const action = createAction(async (work: (ids: string[]) => Promise<Report>) => {
    setReport(await work(props.selected));
    props.onClear();
  });
  const run = async (work: (ids: string[]) => Promise<Report>): Promise<void> => {
    if (!(await action.run(work))) toast(action.failure()?.message ?? 'Nothing was done.', 'error');
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
          <Button look="primary" size="sm" pending={action.pending()} onClick={() => void run(syncAll)}>
            <RefreshCw size={13} aria-hidden="true" /> Sync all
          </Button>
          <Button
            size="sm"
            disabled={action.pending() || props.selected.length > 50}
            title={props.selected.length > 50 ? 'At most 50 at once' : undefined}
            onClick={() => void run(testAll)}
          >
            Test all
          </Button>
          <Button look="ghost" size="sm" onClick={() => props.onClear()}>
            Clear
          </Button>
        </div>
      </Show>
      <Problems
        report={report()}
        nameOf={(id) => props.rows.find((row) => row.id === id)?.name ?? id}
        onClose={() => setReport(undefined)}
      />
    </>
  );
}
