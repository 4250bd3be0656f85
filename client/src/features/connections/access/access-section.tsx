import { For, Show, createEffect, createMemo, createSignal, on } from 'solid-js';
import { type Query, createAction, createQuery, mutate } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { useQuery } from '../../../data/url.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Time } from '../../../ui/time.tsx';
import { StateBadge } from '../state-badge.tsx';
import { authStates } from '../states.ts';
import {
  ConnectionAccessDocument,
  type ConnectionAccessQuery,
  PlatformAccessDocument,
  ReplaceCredentialsDocument,
  StartAuthorizationDocument,
} from './access.generated.ts';
import { AccountsForm } from './accounts-form.tsx';
import { FieldInputs } from './field-inputs.tsx';
import { checkGroup, readGroup } from './field-values.ts';
import { OAuthAppForm } from './oauth-app-form.tsx';
import { type Method, type Platform, isLogin } from './platforms.ts';
import { TestPanel } from './test-panel.tsx';

type Connection = NonNullable<ConnectionAccessQuery['connection']>;

/** Logs in again at the platform; the connection stays what it is. */
function LoginAgain(props: { connection: Connection; method: Method; onApp: () => void }) {
  const action = createAction(async () => {
    const input = { connectionId: props.connection.id, method: props.method.id };
    const { url } = (await mutate(StartAuthorizationDocument, { input })).startAuthorization;
    location.assign(url);
  });
  return (
    <Show
      when={props.method.ready}
      fallback={
        <OAuthAppForm
          platform={props.connection.platform}
          redirectUrl={props.method.redirectUrl}
          onDone={props.onApp}
        />
      }
    >
      <div class="flex flex-col items-start gap-2 text-sm">
        <p class="text-ink-2">
          You are sent to {props.connection.platform.name} and come back here. Nothing that was read is lost, and the
          next sync goes on where the last one stopped.
        </p>
        <Button look="primary" pending={action.pending()} onClick={() => void action.run()}>
          Connect again at {props.connection.platform.name}
        </Button>
        <Show when={action.failure()}>
          <p role="alert" class="text-error">
            {action.failure()!.message}
          </p>
        </Show>
      </div>
    </Show>
  );
}

/** Puts new keys in place of the ones there are. */
function ReplaceKeys(props: { connection: Connection; method: Method; onDone: () => void }) {
  const url = useQuery();
  const [problems, setProblems] = createSignal<Record<string, string>>();
  const action = createAction(async (form: HTMLFormElement) => {
    const secrets = readGroup(new FormData(form), 'secret');
    const wrong = checkGroup(props.method.fields, secrets);
    setProblems(wrong);
    if (Object.keys(wrong).length > 0) return;
    await mutate(ReplaceCredentialsDocument, { connectionId: props.connection.id, secrets });
    form.reset();
    // The same steps follow as after a login: a test, the accounts, the next sync.
    url.set({ tab: null, connected: '1' }, true);
    props.onDone();
  });
  return (
    <form
      class="flex flex-col gap-3"
      novalidate
      onInput={() => setProblems(undefined)}
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(event.currentTarget);
      }}
    >
      <Show when={props.method.hint}>
        <p class="text-sm text-ink-2">{props.method.hint}</p>
      </Show>
      <div class="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <FieldInputs group="secret" fields={props.method.fields} problems={problems()} />
      </div>
      <Show when={action.failure()}>
        <p role="alert" class="text-sm text-error">
          {action.failure()!.message}
        </p>
      </Show>
      <div>
        <Button type="submit" look="primary" pending={action.pending()}>
          Replace credentials
        </Button>
      </div>
    </form>
  );
}

function Credentials(props: {
  connection: Connection;
  platform: Platform | undefined;
  onChange: () => void;
  onApp: () => void;
}) {
  const method = () =>
    props.platform?.live?.methods.find(({ id }) => id === props.connection.method) ?? props.platform?.live?.methods[0];
  return (
    <Card title="Way in" hint={method()?.title} aside={<StateBadge of={authStates[props.connection.authState]} />}>
      <div class="flex flex-col gap-4">
        <Show when={props.connection.authMessage}>
          <Banner tone={props.connection.authState === 'BROKEN' ? 'error' : 'warn'}>
            {props.connection.authMessage}
          </Banner>
        </Show>
        <Show when={method()} keyed fallback={<p class="text-sm text-ink-2">This platform needs no access.</p>}>
          {(method) => (
            <Show
              when={isLogin(method.kind)}
              fallback={<ReplaceKeys connection={props.connection} method={method} onDone={props.onChange} />}
            >
              <LoginAgain connection={props.connection} method={method} onApp={props.onApp} />
            </Show>
          )}
        </Show>
      </div>
    </Card>
  );
}

function Tests(props: { connection: Connection; onDone: () => void }) {
  return (
    <Card title="Test" hint="Reads a small piece of data and stores nothing">
      <div class="flex flex-col gap-4">
        <TestPanel connectionId={props.connection.id} last={props.connection.tests[0]} onDone={props.onDone} />
        <Show when={props.connection.tests.length > 1}>
          <details>
            <summary class="text-sm font-semibold">Earlier tests</summary>
            <ul class="mt-2 flex flex-col gap-1 text-sm">
              <For each={props.connection.tests.slice(1)}>
                {(test) => (
                  <li class="flex flex-wrap items-center gap-2">
                    <Badge tone={test.ok ? 'ok' : 'error'}>{test.ok ? 'Passed' : 'Failed'}</Badge>
                    <Time at={test.at} />
                    <span class="min-w-0 text-ink-2">{test.steps.find(({ ok }) => !ok)?.message}</span>
                  </li>
                )}
              </For>
            </ul>
          </details>
        </Show>
      </div>
    </Card>
  );
}

function Body(props: { connection: Connection; query: Query<ConnectionAccessQuery>; onChange: () => void }) {
  const platforms = createQuery(PlatformAccessDocument, () => ({}));
  const platform = () => platforms.data()?.platforms.find(({ id }) => id === props.connection.platform.id);
  const refresh = (): void => {
    props.query.refetch();
    props.onChange();
  };
  // A new form whenever the choice on the server differs, so that it never shows an old one.
  const stamp = createMemo(() =>
    JSON.stringify(props.connection.accounts.map(({ id, selected, state }) => [id, selected, state])),
  );
  return (
    <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
      <Show when={may('connections:write')}>
        <Credentials
          connection={props.connection}
          platform={platform()}
          onChange={refresh}
          onApp={() => platforms.refetch()}
        />
        <Tests connection={props.connection} onDone={refresh} />
      </Show>
      <Card title="Accounts" hint="What the platform lets us see" flush class="xl:col-span-2">
        <Show
          when={props.connection.accounts.length > 0}
          fallback={<EmptyState title="No accounts yet">They appear after the first test or sync.</EmptyState>}
        >
          <Show when={stamp()} keyed>
            {(_stamp) => (
              <AccountsForm
                connectionId={props.connection.id}
                accounts={props.connection.accounts}
                readOnly={!may('connections:write')}
                onSaved={refresh}
              />
            )}
          </Show>
        </Show>
      </Card>
    </div>
  );
}

/** How a connection is let in, what it sees there, and how to put it right. */
export function AccessSection(props: { connectionId: string; authState: string; onChange: () => void }) {
  const query = createQuery(ConnectionAccessDocument, () => ({ id: props.connectionId }));
  createEffect(
    on(
      () => props.authState,
      () => query.refetch(),
      { defer: true },
    ),
  );
  return (
    <DataState of={query}>
      {(data) => (
        <Show when={data().connection}>
          {(connection) => <Body connection={connection()} query={query} onChange={props.onChange} />}
        </Show>
      )}
    </DataState>
  );
}
