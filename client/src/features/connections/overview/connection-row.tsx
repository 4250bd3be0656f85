import { A } from '@solidjs/router';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import { type JSX, Show } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { plural } from '../../../ui/format.ts';
import { Progress } from '../../../ui/progress.tsx';
import { dayIn } from '../../../ui/range.ts';
import { Time, now } from '../../../ui/time.tsx';
import { toast } from '../../../ui/toast.tsx';
import { TestConnectionDocument } from '../access/access.generated.ts';
import { StartSyncDocument } from '../connections.generated.ts';
import { CoverageText } from '../coverage-text.tsx';
import { scheduleName } from '../schedules.ts';
import { StateBadge } from '../state-badge.tsx';
import { activities, authStates, healthLevels, isRunning, modes, results } from '../states.ts';
import type { SyncEvent } from '../sync-events.ts';
import { type Row, comesByItself, daysBehind } from './group-connections.ts';

function SyncButton(props: { row: Row }) {
  const action = createAction(() => mutate(StartSyncDocument, { connectionId: props.row.id }));
  const start = async (): Promise<void> => {
    if (await action.run()) toast(`Sync of ${props.row.name} started`);
    else toast(action.failure()?.message ?? 'The sync did not start.', 'error');
  };
  return (
    <Show
      when={props.row.mode !== 'FILE'}
      fallback={
        <LinkButton size="sm" href={`/connections/new/upload?connection=${props.row.id}`}>
          Upload
        </LinkButton>
      }
    >
      <Button
        size="sm"
        pending={action.pending()}
        disabled={props.row.activity !== 'IDLE'}
        aria-label={`Sync ${props.row.name}`}
        onClick={() => void start()}
      >
        <RefreshCw size={13} aria-hidden="true" /> Sync
      </Button>
    </Show>
  );
}

function TestButton(props: { row: Row }) {
  const action = createAction(async () => {
    const { testConnection } = await mutate(TestConnectionDocument, { id: props.row.id });
    const failed = testConnection.steps.find(({ ok }) => !ok);
    if (testConnection.ok) toast(`${props.row.name} works`);
    else toast(`${props.row.name}: ${failed?.message ?? 'the test failed'}`, 'error');
  });
  const run = async (): Promise<void> => {
    if (!(await action.run())) toast(action.failure()?.message ?? 'It could not be tested.', 'error');
  };
  return (
    <Button size="sm" pending={action.pending()} aria-label={`Test ${props.row.name}`} onClick={() => void run()}>
      Test
    </Button>
  );
}

function Fact(props: { name: string; children: JSX.Element }) {
  return (
    <div class="min-w-0">
      <dt class="text-xs text-ink-2">{props.name}</dt>
      <dd class="tabular m-0 text-sm">{props.children}</dd>
    </div>
  );
}

function Freshness(props: { row: Row }) {
  const behind = () => daysBehind(props.row.coverage?.lastDate, dayIn(now(), props.row.timeZone));
  const stale = () => (behind() ?? 0) > 2 && props.row.mode !== 'FILE';
  return (
    <Show when={behind() !== null} fallback={<span class="text-ink-2">No data</span>}>
      <span class={stale() ? 'font-semibold text-warn' : ''}>
        <Show when={stale()}>
          <span aria-hidden="true">▲ </span>
        </Show>
        {behind() === 0 ? 'Today' : behind() === 1 ? 'Yesterday' : `${plural(behind()!, 'day')} behind`}
      </span>
    </Show>
  );
}

function Facts(props: { row: Row }) {
  return (
    <dl class="grid flex-[2] basis-[27rem] grid-cols-2 gap-x-4 gap-y-1.5 sm:grid-cols-[1fr_1fr_1fr_1.9fr]">
      <Fact name="Last sync">
        <Time at={props.row.lastSyncAt} />
      </Fact>
      <Fact name="Newest day">
        <Freshness row={props.row} />
      </Fact>
      <Fact name="Next run">
        <Show
          when={props.row.nextRuns[0]}
          fallback={<span class="text-ink-2">{scheduleName(props.row.schedule)}</span>}
        >
          {(at) => <Time at={at()} />}
        </Show>
      </Fact>
      <Fact name="Stored">
        <CoverageText of={props.row.coverage} />
      </Fact>
    </dl>
  );
}

function States(props: { row: Row; run: SyncEvent['syncRun'] | undefined }) {
  const running = () => (props.run && isRunning(props.run.state) ? props.run : undefined);
  return (
    <div class="flex flex-wrap items-center gap-1.5">
      <StateBadge of={results[props.row.lastResult]} />
      <Show when={props.row.health.level !== 'UNKNOWN' && props.row.health.level !== 'HEALTHY'}>
        <Badge tone={healthLevels[props.row.health.level].tone} title={props.row.health.problems.join('\n')}>
          {healthLevels[props.row.health.level].label} {props.row.health.score ?? ''}
        </Badge>
      </Show>
      <Show when={props.row.activity !== 'IDLE'}>
        <StateBadge of={activities[props.row.activity]} />
      </Show>
      <Show when={props.row.authState === 'EXPIRING' || props.row.authState === 'BROKEN'}>
        <StateBadge of={authStates[props.row.authState]} />
      </Show>
      <Show when={running()}>
        {(run) => (
          <div class="w-24">
            <Progress label={`Sync of ${props.row.name}`} value={run().progress.fraction} />
          </div>
        )}
      </Show>
    </div>
  );
}

function Trouble(props: { row: Row }) {
  const broken = () => props.row.authState === 'BROKEN';
  return (
    <Show
      when={broken() || props.row.authState === 'EXPIRING'}
      fallback={
        <Show when={props.row.health.problems[0]}>
          {(problem) => <p class="basis-full text-sm text-ink-2">{problem()}</p>}
        </Show>
      }
    >
      <p class={`basis-full text-sm ${broken() ? 'text-error' : 'text-warn'}`}>
        {props.row.authMessage ?? authStates[props.row.authState].label}{' '}
        <Show when={may('connections:write')}>
          <A
            href={`/connections/${props.row.id}?tab=access`}
            class="font-semibold underline"
            aria-label={`Repair access of ${props.row.name}`}
          >
            Repair
          </A>
        </Show>
      </p>
    </Show>
  );
}

/** One connection: how it is, how fresh its data is, and what can be done about it at once. */
export function ConnectionRow(props: {
  row: Row;
  run: SyncEvent['syncRun'] | undefined;
  selected: boolean;
  onSelect: (selected: boolean) => void;
}) {
  const mayWrite = may('connections:write');
  return (
    <li class="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line-soft px-4 py-2.5 hover:bg-hover">
      <div class="flex min-w-0 flex-1 basis-72 items-start gap-3">
        <Show when={mayWrite}>
          <input
            type="checkbox"
            class="mt-0.5 size-4 shrink-0 accent-[var(--accent)]"
            aria-label={`Select ${props.row.name}`}
            checked={props.selected}
            disabled={props.row.mode === 'FILE' || comesByItself(props.row)}
            onChange={(event) => props.onSelect(event.currentTarget.checked)}
          />
        </Show>
        <div class="flex min-w-0 flex-col gap-1">
          <span class="flex min-w-0 items-center gap-2">
            <A href={`/connections/${props.row.id}`} class="truncate font-semibold hover:text-accent hover:underline">
              {props.row.name}
            </A>
            <Show when={props.row.mode !== 'FILE'}>
              <StateBadge of={modes[props.row.mode]} shape={false} />
            </Show>
          </span>
          <States row={props.row} run={props.run} />
        </div>
      </div>
      <Facts row={props.row} />
      <Show when={mayWrite}>
        <div class="flex gap-1.5">
          <Show when={!comesByItself(props.row)}>
            <SyncButton row={props.row} />
          </Show>
          <Show when={props.row.mode !== 'FILE' && props.row.mode !== 'MOCK' && !comesByItself(props.row)}>
            <TestButton row={props.row} />
          </Show>
          <Show when={props.row.mode !== 'FILE' && !comesByItself(props.row)}>
            <LinkButton
              size="sm"
              look="ghost"
              href={`/connections/${props.row.id}?tab=settings`}
              title={`Schedule of ${props.row.name}`}
            >
              Schedule
            </LinkButton>
          </Show>
        </div>
      </Show>
      <Trouble row={props.row} />
    </li>
  );
}
