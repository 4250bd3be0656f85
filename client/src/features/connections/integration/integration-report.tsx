import { A } from '@solidjs/router';
import { For, Show, createMemo, createSignal } from 'solid-js';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { FilterChips } from '../../../ui/filter-chips.tsx';
import { duration, integer, words } from '../../../ui/format.ts';
import { Progress } from '../../../ui/progress.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { type Column, Table } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import { StateBadge } from '../state-badge.tsx';
import { checkStates, isTesting, parts, runStates, scopes } from './integration-states.ts';
import type { CheckState, IntegrationRunQuery } from './integration.generated.ts';

export type Report = NonNullable<IntegrationRunQuery['integrationRun']>;
type Check = Report['checks'][number];

const columns: Column<Check>[] = [
  {
    key: 'connection',
    label: 'Connection',
    value: (row) => row.connectionName,
    class: 'max-w-60',
    cell: (row) => (
      <A
        href={`/connections/${row.connectionId}`}
        class="block truncate py-1.5 font-semibold hover:text-accent hover:underline"
      >
        {row.connectionName}
      </A>
    ),
  },
  {
    key: 'name',
    label: 'Check',
    value: (row) => `${row.part} ${row.name}`,
    cell: (row) => (
      <span class="block py-1.5 whitespace-nowrap">
        {words(row.name)}
        <span class="block text-xs text-ink-2">{parts[row.part]}</span>
      </span>
    ),
  },
  {
    key: 'state',
    label: 'State',
    value: (row) => row.state,
    cell: (row) => <StateBadge of={checkStates[row.state]} />,
  },
  {
    key: 'took',
    label: 'Took',
    numeric: true,
    wideOnly: true,
    value: (row) => row.milliseconds,
    cell: (row) => duration(row.milliseconds),
  },
  {
    key: 'message',
    label: 'What was found',
    class: 'min-w-64 py-1.5',
    cell: (row) => (
      <>
        <span class="block">{row.message}</span>
        <Show when={row.hint}>
          <span class="block text-ink-2">{row.hint}</span>
        </Show>
      </>
    ),
  },
];

const rank: Record<CheckState, number> = { FAILED: 0, WARNING: 1, SKIPPED: 2, PASSED: 3 };

function Head(props: { report: Report }) {
  const testing = () => isTesting(props.report.state);
  return (
    <div class="flex flex-col gap-3 px-4 pb-4">
      <div class="flex flex-wrap items-center gap-3">
        <StateBadge of={runStates[props.report.state]} />
        <p class="text-sm text-ink-2">
          {scopes[props.report.scope].label} · <Time at={props.report.createdAt} /> ·{' '}
          {integer(props.report.connectionsDone)} of {integer(props.report.connections)} connections
        </p>
      </div>
      <Show when={testing()}>
        <Progress
          label="Progress of the tests"
          value={props.report.connections > 0 ? props.report.connectionsDone / props.report.connections : null}
        />
      </Show>
      <dl class="grid grid-cols-3 gap-4">
        <For
          each={
            [
              ['Passed', props.report.passed, 'text-ok'],
              ['To look at', props.report.warnings, 'text-warn'],
              ['Failed', props.report.failed, 'text-error'],
            ] as const
          }
        >
          {([name, value, tone]) => (
            <div>
              <dt class="text-xs text-ink-2">{name}</dt>
              <dd class={`tabular text-lg font-semibold ${value > 0 ? tone : ''}`}>{integer(value)}</dd>
            </div>
          )}
        </For>
      </dl>
      <Show when={props.report.reason}>
        <Banner tone="error">{props.report.reason}</Banner>
      </Show>
      <Show when={props.report.recommendations.length > 0}>
        <div>
          <h3 class="mb-1 text-sm font-semibold">What to do</h3>
          <ol class="list-decimal pl-5 text-sm">
            <For each={props.report.recommendations}>{(text) => <li>{text}</li>}</For>
          </ol>
        </div>
      </Show>
    </div>
  );
}

/** A report: what was found, worst first, and what to do. */
export function IntegrationReport(props: { report: Report }) {
  const [chosen, setChosen] = createSignal<CheckState[]>([]);
  const options = () =>
    (Object.keys(checkStates) as CheckState[]).map((value) => ({
      value,
      label: checkStates[value].label,
      count: props.report.checks.filter(({ state }) => state === value).length,
    }));
  const rows = createMemo(() =>
    props.report.checks
      .filter(({ state }) => chosen().length === 0 || chosen().includes(state))
      .toSorted((a, b) => rank[a.state] - rank[b.state]),
  );
  const save = (): void =>
    saveFile(
      `integration tests ${props.report.createdAt.slice(0, 10)}.json`,
      'application/json',
      JSON.stringify(props.report, null, 2),
    );
  return (
    <Card
      title="Report"
      flush
      aside={
        <Button size="sm" onClick={save}>
          Save as JSON
        </Button>
      }
    >
      <Head report={props.report} />
      <Show when={props.report.checks.length > 0}>
        <div class="border-t border-line-soft px-4 py-2">
          <FilterChips label="Checks to show" options={options()} chosen={chosen()} onChange={setChosen} />
        </div>
        <Table label="Checks" columns={columns} rows={rows()} maxHeight="560px" />
      </Show>
    </Card>
  );
}
