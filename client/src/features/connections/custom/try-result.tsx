import { type JSX, Show } from 'solid-js';
import { Badge } from '../../../ui/badge.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { duration, integer, plural } from '../../../ui/format.ts';
import { type Column, Table } from '../../../ui/table.tsx';
import { TextViewer } from '../../../ui/text-viewer.tsx';
import { explainFailure } from '../failures.ts';
import type { TryConnectorMutation } from './custom.generated.ts';

export type Tried = TryConnectorMutation['tryConnector'];
type Account = Tried['accounts'][number];
type Refusal = Tried['refusedRows'][number];

const accountColumns: Column<Account>[] = [
  { key: 'id', label: 'Id', cell: (row) => <code class="font-mono text-xs">{row.id}</code> },
  { key: 'name', label: 'Name', cell: (row) => row.name },
  { key: 'currency', label: 'Currency', cell: (row) => row.currency },
  { key: 'zone', label: 'Time zone', cell: (row) => row.timeZone },
  {
    key: 'state',
    label: 'State',
    cell: (row) => (
      <Badge tone={row.state === 'ok' ? 'ok' : row.state === 'forbidden' ? 'error' : 'neutral'}>{row.state}</Badge>
    ),
  },
];

const refusalColumns: Column<Refusal>[] = [
  { key: 'row', label: 'Row', numeric: true, cell: (row) => integer(row.row) },
  { key: 'column', label: 'Field', cell: (row) => row.column ?? '–' },
  { key: 'message', label: 'Why', cell: (row) => row.message, class: 'min-w-48' },
  { key: 'value', label: 'Value', cell: (row) => <code class="font-mono text-xs break-all">{row.value ?? ''}</code> },
];

function Part(props: { title: string; children: JSX.Element }) {
  return (
    <section class="flex flex-col gap-2">
      <h3 class="text-sm font-semibold">{props.title}</h3>
      {props.children}
    </section>
  );
}

function Request(props: { tried: Tried }) {
  return (
    <Show when={props.tried.request}>
      <Part title="Request">
        <div class="flex flex-wrap items-center gap-2 text-sm">
          <Show when={props.tried.status}>
            {(status) => <Badge tone={status() < 400 ? 'ok' : 'error'}>{status()}</Badge>}
          </Show>
          <span class="text-ink-2">
            {duration(props.tried.milliseconds)} · {plural(props.tried.rowCount, 'row')}
            {props.tried.leftOut > 0 ? ` · ${integer(props.tried.leftOut)} left out` : ''}
            {props.tried.nextPage === null ? ' · last page' : ` · next page ${JSON.stringify(props.tried.nextPage)}`}
          </span>
        </div>
        <code class="block rounded-card bg-sunken px-3 py-2 font-mono text-xs break-all">{props.tried.request}</code>
      </Part>
    </Show>
  );
}

/** What one page was and became: accounts, request, rows as they came, rows as they would be stored, rows refused. */
export function TryResult(props: { tried: Tried }) {
  return (
    <div class="flex flex-col gap-4" aria-live="polite">
      <Show when={props.tried.failure}>
        {(failure) => (
          <Banner tone="error">
            <strong>{explainFailure(failure().class).label}.</strong> {failure().message}
          </Banner>
        )}
      </Show>
      <Show when={props.tried.accounts.length > 0}>
        <Part title={plural(props.tried.accounts.length, 'account')}>
          <Table label="Accounts" columns={accountColumns} rows={props.tried.accounts} maxHeight="200px" />
        </Part>
      </Show>
      <Request tried={props.tried} />
      <Show when={props.tried.rawRows.length > 0}>
        <Part title="As the platform sent it (first five rows)">
          <TextViewer label="Raw rows" text={JSON.stringify(props.tried.rawRows)} height={260} />
        </Part>
      </Show>
      <Show when={props.tried.mappedRows.length > 0}>
        <Part title="As it would be stored">
          <TextViewer label="Mapped rows" text={JSON.stringify(props.tried.mappedRows)} height={260} />
        </Part>
      </Show>
      <Show when={props.tried.refusedRows.length > 0}>
        <Part title={`${plural(props.tried.refusedRows.length, 'row')} refused`}>
          <Table label="Refused rows" columns={refusalColumns} rows={props.tried.refusedRows} maxHeight="240px" />
        </Part>
      </Show>
      <Show when={!props.tried.failure && props.tried.rowCount === 0}>
        <p class="text-sm text-ink-2">The page has no rows. Choose days with data, or look at `rows` in the text.</p>
      </Show>
    </div>
  );
}
