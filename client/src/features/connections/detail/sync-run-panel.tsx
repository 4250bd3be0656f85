import { A } from '@solidjs/router';
import { For, Show, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { createAction, createQuery, mutate } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { duration, integer, percent, plural, words } from '../../../ui/format.ts';
import { Progress } from '../../../ui/progress.tsx';
import { Time, now } from '../../../ui/time.tsx';
import { toast } from '../../../ui/toast.tsx';
import { CancelSyncDocument, SyncRunDocument, type SyncRunQuery } from '../connections.generated.ts';
import { ChecksSection } from './checks-section.tsx';
import { FailureNotes, SlicesSection } from './slices-section.tsx';
import { RowErrorsTable } from '../row-errors-table.tsx';
import { StateBadge } from '../state-badge.tsx';
import { isRunning, syncStates } from '../states.ts';
import type { SyncEvent } from '../sync-events.ts';

type Run = NonNullable<SyncRunQuery['syncRun']>;

const tones = {
  QUEUED: 'accent',
  RUNNING: 'accent',
  SUCCEEDED: 'ok',
  PARTIAL: 'warn',
  FAILED: 'error',
  CANCELLED: 'warn',
  SPLIT: 'accent',
} as const;

const scopes = { INCREMENTAL: 'what is new', FULL: 'everything again', BACKFILL: 'days of the past' } as const;

/** How long a run took or takes so far; the clocks of server and browser may differ, hence never below zero. */
function runMillis({ startedAt, finishedAt }: Run): number {
  if (!startedAt) return 0;
  return Math.max(0, (finishedAt ? Date.parse(finishedAt) : now()) - Date.parse(startedAt));
}

function Counts(props: { run: Run }) {
  const progress = () => props.run.progress;
  const rate = () => (props.run.startedAt ? progress().rowsRead / Math.max(1, runMillis(props.run) / 1_000) : null);
  const items = (): [string, string][] => [
    ['Rows read', integer(progress().rowsRead)],
    ['Accepted', integer(progress().rowsAccepted)],
    ['Refused', integer(progress().rowsRejected)],
    ['Parts', `${integer(progress().slicesDone)} of ${integer(progress().slicesTotal)}`],
    ['Rows per second', integer(rate())],
  ];
  return (
    <dl class="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-5">
      <For each={items()}>
        {([name, value]) => (
          <div>
            <dt class="text-xs text-ink-2">{name}</dt>
            <dd class="tabular text-lg font-semibold">{value}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}

function Jobs(props: { run: Run }) {
  const jobs = () => props.run.jobs ?? [];
  return (
    <Show when={jobs().length > 0}>
      <p class="flex flex-wrap items-center gap-x-3 text-xs text-ink-2">
        <span>{plural(jobs().length, 'job')}:</span>
        <For each={jobs().slice(0, 4)}>
          {(job) => (
            <A href={`/jobs/${job.id}`} class="inline-flex min-h-[24px] items-center text-accent hover:underline">
              {job.type} ({words(job.state).toLowerCase()})
            </A>
          )}
        </For>
        <Show when={jobs().length > 4}>
          <A
            href={`/jobs?subject=${props.run.id}`}
            class="inline-flex min-h-[24px] items-center text-accent hover:underline"
          >
            all
          </A>
        </Show>
      </p>
    </Show>
  );
}

function Header(props: { run: Run }) {
  const running = () => isRunning(props.run.state);
  const cancel = createAction(() => mutate(CancelSyncDocument, { syncRunId: props.run.id }));
  const took = () => (props.run.startedAt ? duration(runMillis(props.run)) : null);
  return (
    <div class="flex flex-col gap-3">
      <div class="flex flex-wrap items-center gap-3">
        <StateBadge of={syncStates[props.run.state]} />
        <p class="flex-1 text-sm text-ink-2">
          {words(props.run.trigger)} · {scopes[props.run.scope]} · <Time at={props.run.createdAt} />
          <Show when={took()}> · {took()}</Show>
        </p>
        <Show when={running() && may('connections:write')}>
          <Button
            size="sm"
            pending={cancel.pending()}
            onClick={async () => {
              if (!(await cancel.run())) toast(cancel.failure()?.message ?? 'It could not be cancelled.', 'error');
            }}
          >
            Cancel
          </Button>
        </Show>
      </div>
      <div class="flex items-center gap-3">
        <Progress label="Progress of the sync" value={props.run.progress.fraction} tone={tones[props.run.state]} />
        <span class="tabular w-12 text-right text-sm font-semibold">{percent(props.run.progress.fraction, 0)}</span>
      </div>
      <Counts run={props.run} />
      <Jobs run={props.run} />
    </div>
  );
}

/** One run of a sync: progress, parts and refused rows, kept up to date by the events given. */
export function SyncRunPanel(props: {
  id: string;
  event: SyncEvent | undefined;
  onRepair: () => void;
  onRetry: () => void;
}) {
  const query = createQuery(SyncRunDocument, () => ({ id: props.id }));
  const [dirty, setDirty] = createSignal(false);
  createEffect(
    on(
      () => props.event,
      (event) => {
        const before = query.data()?.syncRun;
        if (!event || event.syncRun.id !== props.id) return;
        const { connection: _, jobs, ...run } = event.syncRun;
        if (before && (before.state !== run.state || before.progress.slicesDone !== run.progress.slicesDone))
          setDirty(true);
        query.patch((data) => {
          if (data.syncRun) Object.assign(data.syncRun, run, { jobs: jobs?.map(({ log: __, ...job }) => job) ?? null });
        });
      },
    ),
  );
  // Parts and refused rows come with a query of their own, at most once a second while a sync runs. What parts wait for
  // is told by no event, so it is asked for now and then.
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    const run = query.data()?.syncRun;
    if (dirty() || (run && isRunning(run.state) && seconds % 5 === 0)) query.refetch();
    setDirty(false);
  }, 1_000);
  onCleanup(() => clearInterval(timer));
  return (
    <DataState
      of={query}
      isEmpty={(data) => !data.syncRun}
      empty={<Banner tone="warn">This run no longer exists.</Banner>}
    >
      {(data) => <RunBody run={data().syncRun!} onRepair={props.onRepair} onRetry={props.onRetry} />}
    </DataState>
  );
}

function Lines(props: { lines: string[] }) {
  return (
    <ul>
      <For each={props.lines}>{(line) => <li>{line}</li>}</For>
    </ul>
  );
}

function RunBody(props: { run: Run; onRepair: () => void; onRetry: () => void }) {
  const errors = () => props.run.rejectedRows.edges.map((edge) => edge.node);
  return (
    <div class="flex flex-col gap-4">
      <div class="px-4 pb-4">
        <Header run={props.run} />
        <Show when={props.run.reasons.length > 0}>
          <div class="mt-3">
            <Banner tone={props.run.state === 'FAILED' ? 'error' : 'warn'}>
              <Lines lines={props.run.reasons} />
            </Banner>
          </div>
        </Show>
        <FailureNotes
          slices={props.run.slices}
          mayAct={may('connections:write') && !isRunning(props.run.state)}
          onRepair={props.onRepair}
          onRetry={props.onRetry}
        />
        <Show when={props.run.notes.length > 0}>
          <div class="mt-3">
            <Banner tone="info">
              <Lines lines={props.run.notes} />
            </Banner>
          </div>
        </Show>
      </div>
      <Show when={errors().length > 0}>
        <Card
          title="Refused rows"
          hint={`${integer(props.run.progress.rowsRejected)} in all${errors().length < props.run.progress.rowsRejected ? `, the first ${errors().length} here` : ''}`}
          flush
          class="mx-4 mb-4"
        >
          <RowErrorsTable rows={errors()} />
        </Card>
      </Show>
      <div>
        <ChecksSection slices={props.run.slices} />
        <Show when={props.run.slices.length > 1}>
          <SlicesSection slices={props.run.slices} />
        </Show>
      </div>
    </div>
  );
}
