import { useNavigate } from '@solidjs/router';
import { Match, Show, Switch, createMemo, createSignal } from 'solid-js';
import { createAction, createQuery, mutate } from '../../../data/query.ts';
import { useQuery } from '../../../data/url.ts';
import { DataState } from '../../../ui/data-state.tsx';
import { Page } from '../../../ui/page.tsx';
import {
  DryRunImportDocument,
  type DryRunImportMutation,
  ImportUploadDocument,
  UploadPreviewDocument,
} from '../upload.generated.ts';
import { CheckStep } from './check-step.tsx';
import { ColumnsStep } from './columns-step.tsx';
import { FileStep } from './file-step.tsx';
import { type Preview, createImportDraft } from './import-draft.ts';
import { Stepper } from './stepper.tsx';

type Checked = DryRunImportMutation['dryRunImport'];

function Decide(props: {
  preview: Preview;
  connectionId: string | undefined;
  checked: Checked | undefined;
  onChecked: (result: Checked | undefined) => void;
  onBack: () => void;
}) {
  const navigate = useNavigate();
  const draft = createImportDraft(props.preview, props.connectionId);
  const check = createAction(async () => {
    props.onChecked((await mutate(DryRunImportDocument, { input: draft.input() })).dryRunImport);
  });
  const start = createAction(async () => {
    const { connection, syncRun } = (await mutate(ImportUploadDocument, { input: draft.input() })).importUpload;
    navigate(`/connections/${connection.id}?run=${syncRun.id}`);
  });
  return (
    <Show
      when={props.checked}
      fallback={
        <ColumnsStep
          preview={props.preview}
          draft={draft}
          existing={props.connectionId !== undefined}
          pending={check.pending()}
          error={check.failure()?.message}
          onBack={() => props.onBack()}
          onCheck={() => void check.run()}
        />
      }
    >
      {(result) => (
        <CheckStep
          result={result()}
          pending={start.pending()}
          error={start.failure()?.message}
          onBack={() => props.onChecked(undefined)}
          onImport={() => void start.run()}
        />
      )}
    </Show>
  );
}

function Decisions(props: {
  uploadId: string;
  connectionId: string | undefined;
  checked: Checked | undefined;
  onChecked: (result: Checked | undefined) => void;
  onBack: () => void;
}) {
  const query = createQuery(UploadPreviewDocument, () => ({ uploadId: props.uploadId }));
  // One object per file, so that a refetch does not throw away what was decided.
  const preview = createMemo(() => query.data()?.uploadPreview, undefined, {
    equals: (a, b) => a?.upload.id === b?.upload.id,
  });
  return (
    <div class="flex flex-col gap-4">
      <DataState of={query}>
        {() => (
          <Show when={preview()} keyed>
            {(preview) => (
              <Decide
                preview={preview}
                connectionId={props.connectionId}
                checked={props.checked}
                onChecked={props.onChecked}
                onBack={props.onBack}
              />
            )}
          </Show>
        )}
      </DataState>
    </div>
  );
}

/** The wizard from a file to an import. The upload's id stands in the address, so that a reload loses no upload. */
export function UploadPage() {
  const url = useQuery();
  const [checked, setChecked] = createSignal<Checked>();
  const uploadId = () => url.get('upload');
  const step = () => (checked() ? 2 : uploadId() ? 1 : 0);
  return (
    <Page
      title={url.get('connection') ? 'Upload another file' : 'Upload a file'}
      actions={<Stepper current={step()} />}
    >
      <Switch>
        <Match when={!uploadId()}>
          <FileStep onUploaded={(upload) => url.set({ upload }, true)} />
        </Match>
        <Match when={uploadId()} keyed>
          {(id) => (
            <Decisions
              uploadId={id}
              connectionId={url.get('connection')}
              checked={checked()}
              onChecked={setChecked}
              onBack={() => url.set({ upload: null }, true)}
            />
          )}
        </Match>
      </Switch>
    </Page>
  );
}
