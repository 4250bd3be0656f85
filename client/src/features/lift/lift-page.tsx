import { A } from '@solidjs/router';
import FlaskConical from 'lucide-solid/icons/flask-conical';
import { Show } from 'solid-js';
import { may } from '../../data/session.ts';
import { RunList, createRunList } from '../../runs/run-list.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { percent } from '../../ui/format.ts';
import { MockBadge } from '../../ui/mock-badge.tsx';
import { Page } from '../../ui/page.tsx';
import { runColumns } from '../../ui/run-columns.tsx';
import type { Column } from '../../ui/table.tsx';
import {
  LiftEvaluationProgressDocument,
  LiftEvaluationsDocument,
  type LiftEvaluationsQuery,
} from './lift.generated.ts';
import { isMoney, methodNames, outcome } from './lift-names.ts';

type Evaluation = LiftEvaluationsQuery['liftEvaluations']['edges'][number]['node'];

function nameOf({ name, inputs, method }: Evaluation): string {
  if (name) return name;
  return inputs ? `${inputs.valueName} of ${inputs.treated.slice(0, 3).join(', ')}` : methodNames[method];
}

function totalOf({ inputs, result }: Evaluation): string {
  if (!result || !inputs) return '';
  const source = inputs.sourceKinds.length > 0 ? 'RECORDS' : 'PANEL';
  return outcome(result.total.value, isMoney(inputs.valueName, source) ? inputs.currency : null);
}

function Interval(props: { row: Evaluation }) {
  return (
    <Show when={props.row.result?.relative} fallback="–">
      {(relative) => (
        <span class="tabular">
          {percent(relative().value)}{' '}
          <span class="text-ink-2">
            ({percent(relative().low)} to {percent(relative().high)})
          </span>
        </span>
      )}
    </Show>
  );
}

const columns: Column<Evaluation>[] = [
  {
    key: 'name',
    label: 'Evaluation',
    class: 'md:min-w-64',
    value: nameOf,
    cell: (row) => (
      <span class="flex flex-col gap-0.5 py-1.5">
        <A href={`/lift/${row.id}`} class="font-semibold text-accent hover:underline">
          {nameOf(row)}
        </A>
        <span class="flex flex-wrap items-center gap-x-2 text-xs text-ink-2">
          <MockBadge when={row.inputs?.sourceKinds.includes('mock')} />
          {methodNames[row.method]}
        </span>
      </span>
    ),
  },
  {
    key: 'relative',
    label: 'Lift',
    numeric: true,
    class: 'md:whitespace-nowrap',
    value: (row) => row.result?.relative?.value ?? null,
    cell: (row) => <Interval row={row} />,
  },
  {
    key: 'total',
    label: 'Incremental',
    numeric: true,
    wideOnly: true,
    value: (row) => row.result?.total.value ?? null,
    cell: totalOf,
  },
  {
    key: 'tests',
    label: 'Tests passed',
    numeric: true,
    wideOnly: true,
    cell: ({ result }) =>
      result ? `${result.refutations.filter(({ passed }) => passed).length} of ${result.refutations.length}` : '',
  },
  ...runColumns<Evaluation>(),
];

function NewButton() {
  return (
    <Show when={may('causal:run')}>
      <LinkButton look="primary" href="/lift/new">
        New evaluation
      </LinkButton>
    </Show>
  );
}

/** All evaluations of treatments that are kept. */
export function LiftPage() {
  const list = createRunList({
    list: LiftEvaluationsDocument,
    changes: LiftEvaluationProgressDocument,
    pageOf: (data) => data.liftEvaluations,
    changeOf: ({ liftEvaluationProgress: { sequence, evaluation } }) => ({ sequence, run: evaluation }),
  });
  return (
    <Page
      title="Lift"
      status="What a change did that was made already: what happened beside what would have happened without it"
      actions={<NewButton />}
    >
      <RunList
        of={list}
        label="Lift evaluations"
        columns={columns}
        empty={
          <EmptyState icon={<FlaskConical size={20} />} title="No evaluation yet" action={<NewButton />}>
            Compare what happened where something was changed with what would have happened without it: a campaign in
            some regions, a channel switched off, a price in a few shops. From your records, or from a CSV file.
          </EmptyState>
        }
      />
    </Page>
  );
}
