import FileUp from 'lucide-solid/icons/file-up';
import { Show, createSignal, onCleanup } from 'solid-js';
import { createAction } from '../../../data/query.ts';
import { type UploadProgress, uploadFile } from '../../../data/upload.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { bytes } from '../../../ui/format.ts';
import { Progress } from '../../../ui/progress.tsx';

function Sending(props: { name: string; progress: UploadProgress; onCancel: () => void }) {
  const done = () => props.progress.total > 0 && props.progress.sent >= props.progress.total;
  return (
    <div class="flex flex-col gap-3 p-6">
      <div class="flex items-center gap-3">
        <p class="min-w-0 flex-1 truncate text-sm font-semibold">{props.name}</p>
        <p class="tabular text-sm text-ink-2" role="status">
          {done() ? 'Reading…' : `${bytes(props.progress.sent)} of ${bytes(props.progress.total)}`}
        </p>
        <Button size="sm" onClick={() => props.onCancel()}>
          Cancel
        </Button>
      </div>
      <Progress
        label={`Upload of ${props.name}`}
        value={done() ? null : props.progress.sent / Math.max(1, props.progress.total)}
      />
    </div>
  );
}

function DropZone(props: { onFile: (file: File) => void }) {
  const [over, setOver] = createSignal(false);
  return (
    <label
      class={`flex cursor-pointer flex-col items-center gap-1 rounded-card border-2 border-dashed px-6 py-14 text-center transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent ${over() ? 'border-accent bg-accent-soft' : 'border-line hover:border-ink-2 hover:bg-hover'}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file) props.onFile(file);
      }}
    >
      <span aria-hidden="true" class="mb-2 grid size-11 place-items-center rounded-full bg-accent-soft text-accent">
        <FileUp size={20} />
      </span>
      <span class="font-semibold">Drop a CSV file here, or choose one</span>
      <span class="max-w-md text-sm text-ink-2">
        Customer journeys (one path or one touch per row) or daily figures per channel. Any delimiter and encoding; also
        gzip. Large files are fine: they are streamed.
      </span>
      <input
        type="file"
        aria-label="CSV file"
        class="sr-only"
        accept=".csv,.tsv,.txt,.gz,text/csv,text/tab-separated-values"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) props.onFile(file);
        }}
      />
    </label>
  );
}

/** First step: choosing a file and sending it. */
export function FileStep(props: { onUploaded: (uploadId: string) => void }) {
  const [file, setFile] = createSignal<File>();
  const [progress, setProgress] = createSignal<UploadProgress>({ sent: 0, total: 0 });
  let abort = new AbortController();
  const action = createAction(async (chosen: File) => {
    abort = new AbortController();
    setFile(chosen);
    setProgress({ sent: 0, total: chosen.size });
    props.onUploaded(await uploadFile(chosen, setProgress, abort.signal));
  });
  onCleanup(() => abort.abort());
  return (
    <div class="flex flex-col gap-4">
      <Show when={action.failure()}>
        {(failure) => <Banner tone={failure().code === 'CANCELLED' ? 'info' : 'error'}>{failure().message}</Banner>}
      </Show>
      <div class="card p-4">
        <Show when={action.pending()} fallback={<DropZone onFile={(chosen) => void action.run(chosen)} />}>
          <Sending name={file()?.name ?? ''} progress={progress()} onCancel={() => abort.abort()} />
        </Show>
      </div>
    </div>
  );
}
