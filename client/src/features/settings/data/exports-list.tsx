import Download from 'lucide-solid/icons/download';
import { For, Show, createEffect, on } from 'solid-js';
import { activity } from '../../../data/activity.ts';
import { createAction, createQuery, fetchOnce, mutate, type Query } from '../../../data/query.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { bytes, integer, plural, words } from '../../../ui/format.ts';
import { Time } from '../../../ui/time.tsx';
import { toast } from '../../../ui/toast.tsx';
import {
  DataExportsDocument,
  type DataExportsQuery,
  type ExportFieldsFragment,
  type ExportFormat,
  ExportLinksDocument,
  StartExportDocument,
} from './data.generated.ts';

type File = ExportFieldsFragment['files'][number];

/** Links live for ten minutes, so each click fetches a fresh one; the browser itself downloads the file. */
async function download(exportId: string, name: string): Promise<void> {
  const { dataExport } = await fetchOnce(ExportLinksDocument, { id: exportId });
  const link = dataExport?.files.find((file) => file.name === name)?.link;
  if (!link) throw new Error('This file is no longer there.');
  const anchor = document.createElement('a');
  anchor.href = link;
  anchor.download = name;
  anchor.click();
}

function FileRow(props: { exportId: string; file: File }) {
  const action = createAction(() => download(props.exportId, props.file.name));
  const run = async (): Promise<void> => {
    if (!(await action.run())) toast(action.failure()?.message ?? 'That did not work.', 'error');
  };
  return (
    <li class="flex items-center gap-3 py-1">
      <span class="min-w-0 flex-1">
        <span class="block font-mono text-xs break-all" title={`SHA-256 ${props.file.sha256}`}>
          {props.file.name}
        </span>
        <span class="block text-xs text-ink-2">
          {plural(props.file.rows, 'line')} · {bytes(props.file.bytes)}
        </span>
      </span>
      <Button
        size="sm"
        pending={action.pending()}
        aria-label={`Download ${props.file.name}`}
        onClick={() => void run()}
      >
        <Download size={13} aria-hidden="true" /> Download
      </Button>
    </li>
  );
}

const tones: Record<ExportFieldsFragment['state'], Tone> = {
  QUEUED: 'neutral',
  RUNNING: 'info',
  SUCCEEDED: 'ok',
  FAILED: 'error',
  CANCELLED: 'neutral',
};

const formats: Record<ExportFormat, string> = { CSV: 'CSV', JSON_LINES: 'JSON lines' };

function ExportRow(props: { item: ExportFieldsFragment }) {
  return (
    <li class="border-t border-line-soft py-2 text-sm">
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tones[props.item.state]} busy={props.item.state === 'RUNNING'}>
          {words(props.item.state)}
        </Badge>
        <span class="font-semibold">{formats[props.item.format]}</span>
        <span class="text-xs text-ink-2">
          {props.item.requestedBy}, <Time at={props.item.createdAt} /> · kept until{' '}
          <Time at={props.item.expiresAt} style="short" />
        </span>
      </div>
      <Show when={props.item.state === 'SUCCEEDED'}>
        <p class="mt-1 text-xs text-ink-2">
          {integer(props.item.records)} records, {integer(props.item.journeys)} journeys
        </p>
      </Show>
      <Show when={props.item.reason}>
        <p class="mt-1 text-xs text-error">{props.item.reason}</p>
      </Show>
      <ul class="mt-1">
        <For each={props.item.files}>{(file) => <FileRow exportId={props.item.id} file={file} />}</For>
      </ul>
    </li>
  );
}

function Start(props: { query: Query<DataExportsQuery> }) {
  const action = createAction(async (format: ExportFormat) => {
    await mutate(StartExportDocument, { input: { format } });
    props.query.refetch();
  });
  return (
    <div class="flex flex-col gap-3">
      <Show when={action.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <div class="flex flex-wrap gap-2">
        <For each={['CSV', 'JSON_LINES'] as const}>
          {(format) => (
            <Button pending={action.pending()} onClick={() => void action.run(format)}>
              Export as {formats[format]}
            </Button>
          )}
        </For>
      </div>
    </div>
  );
}

/** Starts exports and lists those that are kept. Follows what happens live. */
export function ExportsList() {
  const query = createQuery(DataExportsDocument, () => ({}));
  const news = () => activity.items().find(({ subjectKind }) => subjectKind === 'export')?.sequence;
  createEffect(on(news, () => query.refetch(), { defer: true }));
  return (
    <div class="flex flex-col gap-4">
      <Start query={query} />
      <DataState
        of={query}
        isEmpty={(data) => data.dataExports.length === 0}
        empty={<p class="text-sm text-ink-2">No exports yet. Files of an export are kept for seven days.</p>}
      >
        {(data) => (
          <ul>
            <For each={data().dataExports}>{(item) => <ExportRow item={item} />}</For>
          </ul>
        )}
      </DataState>
    </div>
  );
}
