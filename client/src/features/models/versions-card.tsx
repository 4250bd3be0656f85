import { For, Show } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/field.tsx';
import { percent } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { RunBadge, isGoing } from '../../ui/run-badge.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { date } from '../../ui/time.tsx';
import type { Model } from './model-page.tsx';
import { metricColumns, stages } from './model-names.ts';
import {
  CancelModelVersionDocument,
  PromoteModelVersionDocument,
  RetireModelVersionDocument,
  type VersionFieldsFragment,
} from './models.generated.ts';

type Version = VersionFieldsFragment;

function State(props: { version: Version }) {
  const running = () => props.version.state === 'RUNNING';
  return (
    <Show when={running()} fallback={<RunBadge run={props.version} />}>
      <span class="flex min-w-28 items-center gap-2">
        <Progress label={`Training of version ${props.version.number}`} value={props.version.progress} />
        <span class="tabular text-xs">{percent(props.version.progress, 0)}</span>
      </span>
    </Show>
  );
}

function Actions(props: { model: Model; version: Version; onChanged: () => void; onFailure: (text: string) => void }) {
  const act = createAction(async (work: () => Promise<unknown>) => {
    props.onFailure('');
    await work();
    props.onChanged();
  });
  const button = (label: string, work: () => Promise<unknown>) => (
    <Button
      size="sm"
      pending={act.pending()}
      aria-label={`${label} version ${props.version.number}`}
      onClick={() => void act.run(work).then((worked) => worked || props.onFailure(act.failure()?.message ?? ''))}
    >
      {label}
    </Button>
  );
  const { id } = props.version;
  const busy = () => isGoing(props.version);
  const stage = () => props.version.stage;
  return (
    <Show when={may('causal:run') && !props.model.retiredAt}>
      <span class="flex justify-end gap-1.5">
        <Show when={busy()}>{button('Cancel', () => mutate(CancelModelVersionDocument, { id }))}</Show>
        <Show when={props.version.state === 'SUCCEEDED' && stage() !== 'CHAMPION' && stage() !== 'RETIRED'}>
          {button('Promote', () => mutate(PromoteModelVersionDocument, { id }))}
        </Show>
        <Show when={!busy() && stage() !== 'RETIRED'}>
          {button('Retire', () => mutate(RetireModelVersionDocument, { id }))}
        </Show>
      </span>
    </Show>
  );
}

interface VersionsProps {
  model: Model;
  chosen: string | undefined;
  compared: string[];
  onChoose: (number: number) => void;
  onCompare: (ids: string[]) => void;
  onChanged: () => void;
}

const errorColumns = metricColumns.map(({ key, label, show }): Column<Version> => ({
  key,
  label,
  numeric: true,
  wideOnly: key !== 'weightedError',
  value: (row) => row.metrics?.[key] ?? null,
  cell: (row) => show(row.metrics?.[key] ?? null),
}));

function columnsOf(props: VersionsProps, onFailure: (text: string) => void): Column<Version>[] {
  const toggle = (id: string, on: boolean): void =>
    props.onCompare([...props.compared.filter((one) => one !== id), ...(on ? [id] : [])].slice(-6));
  return [
    {
      key: 'number',
      label: 'Version',
      value: (row) => row.number,
      cell: (row) => (
        <button
          type="button"
          class="font-semibold text-accent hover:underline"
          aria-current={row.id === props.chosen ? 'true' : undefined}
          onClick={() => props.onChoose(row.number)}
        >
          v{row.number}
          <Show when={row.id === props.chosen}>
            <span class="whitespace-nowrap"> · shown</span>
          </Show>
        </button>
      ),
    },
    {
      key: 'stage',
      label: 'Stage',
      cell: (row) => <Badge tone={stages[row.stage].tone}>{stages[row.stage].label}</Badge>,
    },
    { key: 'state', label: 'State', cell: (row) => <State version={row} /> },
    ...errorColumns,
    {
      key: 'data',
      label: 'Data until',
      wideOnly: true,
      cell: (row) => <span class="whitespace-nowrap text-ink-2">{date(row.inputs?.lastDate)}</span>,
    },
    {
      key: 'compare',
      label: 'Compare',
      cell: (row) => (
        <Checkbox
          label={<span class="sr-only">Compare version {row.number}</span>}
          disabled={row.state !== 'SUCCEEDED'}
          checked={props.compared.includes(row.id)}
          onChange={(event) => toggle(row.id, event.currentTarget.checked)}
        />
      ),
    },
    {
      key: 'actions',
      label: 'Actions',
      quiet: true,
      cell: (row) => <Actions model={props.model} version={row} onChanged={props.onChanged} onFailure={onFailure} />,
    },
  ];
}

/** All versions of a model with how well they foretold in their back-test. */
export function VersionsCard(props: VersionsProps & { failure: string; onFailure: (text: string) => void }) {
  const failed = () => props.model.versions.filter(({ error }) => error !== null);
  return (
    <Card title="Versions" hint="Errors are those of the back-test. Choose two or more to compare them." flush>
      <div class="flex flex-col gap-2 px-4 pb-3 empty:hidden">
        <Show when={props.failure}>
          <Banner tone="error">{props.failure}</Banner>
        </Show>
        <For each={failed()}>
          {({ number, error }) => (
            <Banner tone="error">
              Version {number}: {error}
            </Banner>
          )}
        </For>
      </div>
      <Table
        label={`Versions of ${props.model.name}`}
        columns={columnsOf(props, props.onFailure)}
        rows={props.model.versions}
        maxHeight="420px"
      />
    </Card>
  );
}
