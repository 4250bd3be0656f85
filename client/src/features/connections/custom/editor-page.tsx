import { useBeforeLeave, useNavigate, useParams } from '@solidjs/router';
import { Show, createSignal, createUniqueId, onCleanup } from 'solid-js';
import { createAction, createQuery, mutate } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { plural } from '../../../ui/format.ts';
import { Missing } from '../../../ui/missing.tsx';
import { Page } from '../../../ui/page.tsx';
import { toast } from '../../../ui/toast.tsx';
import { CheckCard } from './check-card.tsx';
import {
  CustomConnectorDocument,
  type CustomConnectorFieldsFragment,
  DeleteConnectorDocument,
  PublishConnectorDocument,
  SaveConnectorDocument,
} from './custom.generated.ts';
import { createLiveCheck } from './live-check.ts';
import { template } from './template.ts';
import { TryCard } from './try-card.tsx';
import { VersionsCard } from './versions-card.tsx';
import { type EditorHandle, YamlEditor } from './yaml-editor.tsx';

type Connector = CustomConnectorFieldsFragment;

/** Asks before typed text is lost, inside the client and when the tab is closed. */
function guard(changed: () => boolean): void {
  useBeforeLeave((event) => {
    if (!changed() || event.defaultPrevented || event.options?.replace) return;
    event.preventDefault();
    if (confirm('Leave without saving what was typed?')) event.retry(true);
  });
  const onUnload = (event: BeforeUnloadEvent): void => {
    if (changed()) event.preventDefault();
  };
  addEventListener('beforeunload', onUnload);
  onCleanup(() => removeEventListener('beforeunload', onUnload));
}

/** The text being edited and what can be done with it. */
function createDraft(connector: Connector | undefined, onSaved: (connector: Connector) => void) {
  const [saved, setSaved] = createSignal(connector);
  const [text, setText] = createSignal(connector?.text ?? template);
  const changed = () => text() !== (saved()?.text ?? template);
  const take = (next: Connector): void => {
    setSaved(next);
    onSaved(next);
  };
  const save = createAction(async () => {
    const input = { id: saved()?.id ?? null, text: text(), basedOn: saved()?.version ?? null };
    const { customConnector } = (await mutate(SaveConnectorDocument, { input })).saveConnector;
    take(customConnector);
    toast(`Version ${customConnector.version} saved`);
  });
  const publish = createAction(async () => {
    if (changed() || !saved()) {
      const input = { id: saved()?.id ?? null, text: text(), basedOn: saved()?.version ?? null };
      take((await mutate(SaveConnectorDocument, { input })).saveConnector.customConnector);
    }
    const { customConnector } = (await mutate(PublishConnectorDocument, { id: saved()!.id })).publishConnector;
    take(customConnector);
    toast(`${customConnector.name} is published and can be connected`);
  });
  return { saved, text, setText, changed, save, publish };
}

type Draft = ReturnType<typeof createDraft>;

function Delete(props: { connector: Connector }) {
  const navigate = useNavigate();
  const [open, setOpen] = createSignal(false);
  const action = createAction(async () => {
    await mutate(DeleteConnectorDocument, { id: props.connector.id });
    toast(`${props.connector.name} was deleted`);
    navigate('/connections/custom', { replace: true });
  });
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <ConfirmDialog
        open={open()}
        title={`Delete ${props.connector.name}`}
        confirm="Delete connector"
        pending={action.pending()}
        disabled={props.connector.usedBy.length > 0}
        error={action.failure()?.message}
        onConfirm={() => void action.run()}
        onClose={() => setOpen(false)}
      >
        <Show
          when={props.connector.usedBy.length > 0}
          fallback={<p>All its versions are deleted. This cannot be undone.</p>}
        >
          <p>
            {plural(props.connector.usedBy.length, 'connection runs', 'connections run')} it:{' '}
            {props.connector.usedBy.map(({ name }) => name).join(', ')}. Delete those first.
          </p>
        </Show>
      </ConfirmDialog>
    </>
  );
}

function Actions(props: { draft: Draft; mistakes: number }) {
  return (
    <div class="flex flex-wrap items-center gap-2">
      <Button
        pending={props.draft.save.pending()}
        disabled={!props.draft.changed() && props.draft.saved() !== undefined}
        onClick={() => void props.draft.save.run()}
      >
        Save draft
      </Button>
      <Button
        look="primary"
        pending={props.draft.publish.pending()}
        disabled={props.mistakes > 0}
        title={props.mistakes > 0 ? 'It can be published once there are no mistakes' : undefined}
        onClick={() => void props.draft.publish.run()}
      >
        Publish
      </Button>
      <Show when={props.draft.saved()}>{(connector) => <Delete connector={connector()} />}</Show>
      <Show when={props.draft.changed()}>
        <Badge tone="info">Not saved</Badge>
      </Show>
      <Show when={props.draft.saved()?.publishedVersion}>
        {(version) => (
          <>
            <span class="text-sm text-ink-2">
              Connections run version {version()}
              {version() === props.draft.saved()!.version ? '' : ` of ${props.draft.saved()!.version}`}
            </span>
            <LinkButton size="sm" href={`/connections/new/${props.draft.saved()!.platformId}`}>
              Connect
            </LinkButton>
          </>
        )}
      </Show>
    </div>
  );
}

function Editor(props: { connector: Connector | undefined; onSaved: (connector: Connector) => void }) {
  const id = createUniqueId();
  const draft = createDraft(props.connector, (connector) => props.onSaved(connector));
  guard(() => draft.changed() && draft.saved() !== undefined);
  const live = createLiveCheck(draft.text);
  const mayWrite = may('connections:write');
  const errors = () => live.check()?.errors ?? [];
  const failure = () => draft.save.failure() ?? draft.publish.failure();
  let editor: EditorHandle | undefined;
  return (
    <div class="flex flex-col gap-4">
      <Show when={mayWrite}>
        <Actions draft={draft} mistakes={errors().length} />
      </Show>
      <Show when={failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_420px]">
        <YamlEditor
          label="Connector in YAML"
          text={draft.text()}
          marks={errors()}
          readOnly={!mayWrite}
          describedBy={id}
          onInput={draft.setText}
          ref={(handle) => (editor = handle)}
        />
        <div class="flex min-w-0 flex-col gap-4">
          <CheckCard
            id={id}
            check={live.check()}
            problem={live.failure()?.message}
            waiting={live.waiting()}
            onGoTo={(line, column) => editor?.goTo(line, column)}
          />
          <Show when={draft.saved()}>
            {(connector) => <VersionsCard connector={connector()} onTake={draft.setText} />}
          </Show>
        </div>
      </div>
      <Show when={mayWrite}>
        <TryCard text={draft.text()} summary={live.check()?.summary} />
      </Show>
    </div>
  );
}

/** Writes a connector with its mistakes shown while one types, a trial run, and versions. */
export function EditorPage() {
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const isNew = params.id === 'new';
  const query = createQuery(CustomConnectorDocument, () => (params.id === 'new' ? null : { id: params.id }));
  const [name, setName] = createSignal<string>();
  const onSaved = (connector: Connector): void => {
    setName(connector.name);
    // The editor stays as it is; only the address learns the new id.
    if (params.id === 'new') navigate(`/connections/custom/${connector.id}`, { replace: true, scroll: false });
  };
  return (
    <Page
      title={name() ?? query.data()?.customConnector?.name ?? (isNew ? 'New connector' : 'Connector')}
      status="Custom connector"
    >
      <Show when={!isNew} fallback={<Editor connector={undefined} onSaved={onSaved} />}>
        <DataState
          of={query}
          isEmpty={(data) => !data.customConnector}
          empty={<Missing what="connector" all="/connections/custom" />}
        >
          {(data) => (
            <Show when={data().customConnector?.id} keyed>
              {(_id) => <Editor connector={data().customConnector ?? undefined} onSaved={onSaved} />}
            </Show>
          )}
        </DataState>
      </Show>
    </Page>
  );
}
