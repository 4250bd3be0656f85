import { useParams } from '@solidjs/router';
import { Show, createEffect, createSignal, lazy, on } from 'solid-js';
import { type Query, createQuery } from '../../../data/query.ts';
import { useQuery } from '../../../data/url.ts';
import { Banner } from '../../../ui/banner.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { Missing } from '../../../ui/missing.tsx';
import { MockBanner } from '../../../ui/mock-banner.tsx';
import { Page } from '../../../ui/page.tsx';
import type { DayRange } from '../../../ui/range.ts';
import { loginError } from '../access/login-errors.ts';
import { ConnectionDocument, type ConnectionQuery } from '../connections.generated.ts';
import { StateBadge } from '../state-badge.tsx';
import { authStates, modes } from '../states.ts';
import { type SyncEvent, createSyncEvents } from '../sync-events.ts';
import { AccessBanner } from './access-banner.tsx';
import { BackfillDialog } from './backfill-dialog.tsx';
import { ConnectionActions, createStart } from './connection-actions.tsx';
import { ConnectionTabs } from './connection-tabs.tsx';

const FinishSetup = lazy(async () => ({ default: (await import('./finish-setup.tsx')).FinishSetup }));

type Connection = NonNullable<ConnectionQuery['connection']>;

/** Applies an event to the connection: its own state, and the run in the list or a refetch when the run is new. */
function applyEvent(query: Query<ConnectionQuery>, event: SyncEvent): void {
  const { connection, jobs: _, ...run } = event.syncRun;
  const known = query.data()?.connection?.syncs.edges.some((edge) => edge.node.id === run.id);
  if (!known) return query.refetch();
  query.patch(({ connection: shown }) => {
    if (!shown) return;
    Object.assign(shown, connection);
    const row = shown.syncs.edges.find((edge) => edge.node.id === run.id)?.node;
    if (row) Object.assign(row, run);
  });
}

/** A connection that follows its events. */
function createConnection(id: () => string) {
  const query = createQuery(ConnectionDocument, () => ({ id: id() }));
  const events = createSyncEvents(id);
  createEffect(on(events.latest, (event) => event && applyEvent(query, event)));
  return { query, events };
}

function Status(props: { connection: Connection }) {
  return (
    <span class="flex flex-wrap items-center gap-2">
      {props.connection.platform.name} <StateBadge of={modes[props.connection.mode]} shape={false} />
      <Show when={props.connection.authState !== 'NONE'}>
        <StateBadge of={authStates[props.connection.authState]} />
      </Show>
    </span>
  );
}

function Notices(props: { connection: Connection; error: string | undefined }) {
  return (
    <>
      <MockBanner when={props.connection.mode === 'MOCK'} />
      <Show when={props.error}>{(code) => <Banner tone="error">{loginError(code())}</Banner>}</Show>
      <AccessBanner connection={props.connection} />
    </>
  );
}

/** One source: how it is, its syncs live, how whole its data is, and everything that can be changed about it. */
export function ConnectionPage() {
  const params = useParams<{ id: string }>();
  const url = useQuery();
  const { query, events } = createConnection(() => params.id);
  const connection = () => query.data()?.connection;
  const [again, setAgain] = createSignal<{ range?: DayRange }>();
  const showRun = (run: string | null): void => {
    setAgain(undefined);
    url.set({ run, tab: null, connected: null, error: null }, true);
  };
  const start = createStart(() => params.id, showRun);
  return (
    <Page
      title={connection()?.name ?? 'Connection'}
      status={<Show when={connection()}>{(connection) => <Status connection={connection()} />}</Show>}
      actions={
        <Show when={connection()}>
          {(found) => <ConnectionActions connection={found()} start={start} onReadAgain={() => setAgain({})} />}
        </Show>
      }
      above={
        <Show when={connection()}>
          {(connection) => <Notices connection={connection()} error={url.get('error')} />}
        </Show>
      }
    >
      <DataState
        of={query}
        isEmpty={(data) => !data.connection}
        empty={<Missing what="connection" all="/connections" />}
      >
        {(data) => (
          <Show
            when={url.get('connected') !== '1'}
            fallback={
              <FinishSetup connection={data().connection!} start={start} onSkip={() => url.set({ connected: null })} />
            }
          >
            <ConnectionTabs
              connection={data().connection!}
              event={events.latest()}
              query={query}
              start={start.start}
              onRun={showRun}
              onReadAgain={(range) => setAgain({ range })}
            />
          </Show>
        )}
      </DataState>
      <BackfillDialog
        open={again() !== undefined}
        connectionId={params.id}
        range={again()?.range}
        onStarted={showRun}
        onClose={() => setAgain(undefined)}
      />
    </Page>
  );
}
