import { useNavigate, useParams } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { createAction, createQuery, mutate } from '../../../data/query.ts';
import { viewer } from '../../../data/session.ts';
import { timeZone, useQuery } from '../../../data/url.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Page } from '../../../ui/page.tsx';
import { Step } from '../../../ui/step.tsx';
import {
  CreateConnectionDocument,
  PlatformAccessDocument,
  StartAuthorizationDocument,
} from '../access/access.generated.ts';
import { checkGroup, readGroup } from '../access/field-values.ts';
import { loginError } from '../access/login-errors.ts';
import { type Method, type Platform, isLogin } from '../access/platforms.ts';
import { PlanStep, SettingsStep } from './about-step.tsx';
import { type WizardDraft, dropDraft, keepDraft, keptDraft } from './draft.ts';
import { MethodStep } from './method-step.tsx';
import { ModeChoice } from './mode-choice.tsx';

type Problems = Record<string, string>;

/** Reads the form without its secrets. */
function readDraft(form: FormData, mode: WizardDraft['mode'], method: string): WizardDraft {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  return {
    mode,
    method,
    name: text('name'),
    from: text('from'),
    schedule: text('schedule'),
    currency: text('currency'),
    settings: readGroup(form, 'setting'),
  };
}

function createConnect(platform: Platform, method: () => Method, mode: () => WizardDraft['mode']) {
  const navigate = useNavigate();
  const [problems, setProblems] = createSignal<{ settings: Problems; secrets: Problems }>();
  const action = createAction(async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const draft = readDraft(data, mode(), method().id);
    const secrets = readGroup(data, 'secret');
    const login = isLogin(method().kind);
    const found = {
      settings: checkGroup(platform.live?.settings ?? [], draft.settings),
      secrets: login ? {} : checkGroup(method().fields, secrets),
    };
    setProblems(found);
    if (Object.keys({ ...found.settings, ...found.secrets }).length > 0) {
      queueMicrotask(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const input = {
      ...draft,
      platform: platform.id,
      name: draft.name || null,
      from: draft.from || null,
      schedule: draft.schedule || null,
      timeZone: timeZone(),
    };
    if (login) {
      keepDraft(platform.id, draft);
      location.assign((await mutate(StartAuthorizationDocument, { input })).startAuthorization.url);
      return;
    }
    const { connection } = (await mutate(CreateConnectionDocument, { input: { ...input, secrets } })).createConnection;
    dropDraft(platform.id);
    navigate(`/connections/${connection.id}?connected=1`);
  });
  return { action, problems, clear: () => setProblems(undefined) };
}

function Submit(props: { platform: string; method: Method; pending: boolean }) {
  const login = () => isLogin(props.method.kind);
  return (
    <div class="flex flex-wrap gap-2">
      <Button type="submit" look="primary" pending={props.pending} disabled={login() && !props.method.ready}>
        {login() ? `Continue to ${props.platform}` : `Connect ${props.platform}`}
      </Button>
      <LinkButton look="ghost" href="/connections/new">
        Back
      </LinkButton>
    </div>
  );
}

function Form(props: { platform: Platform; error: string | undefined; onApp: () => void }) {
  const kept = keptDraft(props.platform.id);
  const methods = () => props.platform.live!.methods;
  const [chosen, setChosen] = createSignal(kept?.method);
  const [mode, setMode] = createSignal<WizardDraft['mode']>(kept?.mode ?? 'AUTO');
  const method = () => methods().find(({ id }) => id === chosen()) ?? methods()[0]!;
  const { action, problems, clear } = createConnect(props.platform, method, mode);
  const error = (field: string) => (action.failure()?.field?.endsWith(field) ? action.failure()!.message : undefined);
  const hasSettings = () => props.platform.live!.settings.length > 0;
  let form!: HTMLFormElement;
  return (
    <form
      ref={(found) => (form = found)}
      class="flex max-w-4xl flex-col gap-4"
      novalidate
      onInput={clear}
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(form);
      }}
    >
      <Show when={props.error}>{(code) => <Banner tone="error">{loginError(code())}</Banner>}</Show>
      <Step number={1} title="Where the data comes from">
        <ModeChoice platform={props.platform} value={mode()} onChange={setMode} />
      </Step>
      <Show when={hasSettings()}>
        <Step number={2} title={`About your ${props.platform.name}`}>
          <SettingsStep platform={props.platform} kept={kept} problems={problems()?.settings} />
        </Step>
      </Show>
      <Step number={hasSettings() ? 3 : 2} title="What is read, and when">
        <PlanStep
          platform={props.platform}
          kept={kept}
          currency={viewer()?.organization.currency ?? 'EUR'}
          error={error}
        />
      </Step>
      <Step number={hasSettings() ? 4 : 3} title="Way in">
        <MethodStep
          platform={props.platform}
          method={method()}
          problems={problems()?.secrets}
          form={() => form}
          onMethod={setChosen}
          onApp={props.onApp}
        />
      </Step>
      <Show when={action.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <Submit platform={props.platform.name} method={method()} pending={action.pending()} />
    </form>
  );
}

function NoSuchPlatform(props: { platform: Platform | undefined }) {
  return (
    <div class="card">
      <EmptyState
        title={props.platform ? `${props.platform.name} has generated data only` : 'There is no such platform'}
        action={
          <Show when={props.platform} fallback={<LinkButton href="/connections/new">To all platforms</LinkButton>}>
            {(platform) => (
              <LinkButton look="primary" href={`/connections/new/mock?platform=${platform().id}`}>
                Connect generated data
              </LinkButton>
            )}
          </Show>
        }
      >
        Choose another one, or declare a connector of your own.
      </EmptyState>
    </div>
  );
}

/** Connects a platform: where data comes from, what to read, and the way in, whatever kind it is. */
export function ConnectPage() {
  const params = useParams<{ platform: string }>();
  const url = useQuery();
  const query = createQuery(PlatformAccessDocument, () => ({}));
  const platform = () => query.data()?.platforms.find(({ id }) => id === params.platform);
  return (
    <Page title={`Connect ${platform()?.name ?? 'a platform'}`} status={platform()?.summary}>
      <DataState
        of={query}
        isEmpty={() => !platform()?.live?.methods.length}
        empty={<NoSuchPlatform platform={platform()} />}
      >
        {() => (
          <Show when={platform()?.id} keyed>
            {(_id) => <Form platform={platform()!} error={url.get('error')} onApp={() => query.refetch()} />}
          </Show>
        )}
      </DataState>
    </Page>
  );
}
