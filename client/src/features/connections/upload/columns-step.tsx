import { For, Show } from 'solid-js';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { bytes } from '../../../ui/format.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { Table } from '../../../ui/table.tsx';
import type { ColumnMeaning, ImportKind } from '../upload.generated.ts';
import type { ImportDraft, Preview } from './import-draft.ts';
import { meaningLabel, meanings } from './mapping.ts';

const delimiters: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };
const dateFormats = ['YYYY-MM-DD', 'DD/MM/YYYY', 'MM/DD/YYYY', 'DD.MM.YYYY', 'YYYY/MM/DD', 'YYYYMMDD'];

function Recognised(props: { preview: Preview }) {
  const { preview } = props;
  return (
    <p class="text-sm text-ink-2">
      {bytes(preview.upload.bytes)}, {preview.encoding}, separated by{' '}
      {delimiters[preview.delimiter] ?? `“${preview.delimiter}”`}, decimal{' '}
      {preview.decimalSeparator === ',' ? 'comma' : 'point'}
      {preview.dateFormat ? `, days as ${preview.dateFormat}` : ''}
    </p>
  );
}

function Options(props: { draft: ImportDraft; existing: boolean; preview: Preview }) {
  const { draft, set } = props.draft;
  const formats = () => [...new Set([...(props.preview.dateFormat ? [props.preview.dateFormat] : []), ...dateFormats])];
  return (
    <div class="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <Show when={!props.existing}>
        <TextField
          label="Name of the connection"
          value={draft.name}
          maxlength={120}
          onInput={(event) => set('name', event.currentTarget.value)}
        />
      </Show>
      <TextField
        label="Currency"
        value={draft.currency}
        maxlength={3}
        pattern="[A-Z]{3}"
        hint="Where the file has no currency column"
        onInput={(event) => set('currency', event.currentTarget.value.toUpperCase())}
      />
      <SelectField
        label="Days are written"
        value={draft.dateFormat}
        onChange={(event) => set('dateFormat', event.currentTarget.value)}
      >
        <option value="">Recognise</option>
        <For each={formats()}>{(format) => <option value={format}>{format}</option>}</For>
      </SelectField>
      <Show when={draft.kind === 'RECORDS'}>
        <TextField
          label="Channel for all rows"
          value={draft.channel}
          hint="Where the file has no channel column"
          onInput={(event) => set('channel', event.currentTarget.value)}
        />
      </Show>
    </div>
  );
}

function Mapping(props: { draft: ImportDraft; preview: Preview }) {
  return (
    <ul class="grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3">
      <For each={props.preview.columns}>
        {(column, index) => {
          const meaning = () => props.draft.draft.meanings[index()] ?? 'IGNORE';
          return (
            <li
              class={`flex flex-col gap-2 rounded-card border p-3 ${meaning() === 'IGNORE' ? 'border-line-soft' : 'border-accent/40 bg-accent-soft/40'}`}
            >
              <SelectField
                label={column.name}
                value={meaning()}
                onChange={(event) => props.draft.setMeaning(index(), event.currentTarget.value as ColumnMeaning)}
              >
                <For each={[...new Set([...meanings[props.draft.draft.kind], meaning()])]}>
                  {(option) => (
                    <option value={option} selected={option === meaning()}>
                      {meaningLabel(option)}
                    </option>
                  )}
                </For>
              </SelectField>
              <p class="truncate font-mono text-xs text-ink-2" title={column.samples.join('\n')}>
                {column.samples.slice(0, 3).join('  ·  ') || 'empty'}
              </p>
            </li>
          );
        }}
      </For>
    </ul>
  );
}

function Rows(props: { preview: Preview }) {
  return (
    <Table
      label="First rows of the file"
      columns={props.preview.columns.map((column, index) => ({
        key: String(index),
        label: column.name,
        cell: (row: string[]) => <span class="block max-w-64 truncate font-mono text-xs">{row[index] ?? ''}</span>,
      }))}
      rows={props.preview.rows}
      maxHeight="300px"
    />
  );
}

function Unreadable(props: { preview: Preview; onBack: () => void }) {
  return (
    <Card>
      <EmptyState
        title={`There are no columns in ${props.preview.upload.fileName}`}
        action={<Button onClick={() => props.onBack()}>Another file</Button>}
      >
        {props.preview.problems.join(' ') || 'The file is empty.'}
      </EmptyState>
    </Card>
  );
}

interface ColumnsStepProps {
  preview: Preview;
  draft: ImportDraft;
  existing: boolean;
  pending: boolean;
  error: string | undefined;
  onBack: () => void;
  onCheck: () => void;
}

function Columns(props: ColumnsStepProps) {
  const problems = () => props.draft.problems();
  return (
    <div class="flex flex-col gap-4">
      <Card
        title={props.preview.upload.fileName}
        hint={<Recognised preview={props.preview} />}
        aside={
          <Segmented<ImportKind>
            label="The file holds"
            value={props.draft.draft.kind}
            options={[
              { value: 'JOURNEYS', label: 'Journeys' },
              { value: 'RECORDS', label: 'Daily figures' },
            ]}
            onChange={(kind) => props.draft.set('kind', kind)}
          />
        }
      >
        <div class="flex flex-col gap-4">
          <Mapping draft={props.draft} preview={props.preview} />
          <Options draft={props.draft} existing={props.existing} preview={props.preview} />
        </div>
      </Card>
      <Show when={props.error}>
        <Banner tone="error">{props.error}</Banner>
      </Show>
      <Show when={problems().length > 0}>
        <Banner tone="warn">
          <ul>
            <For each={problems()}>{(problem) => <li>{problem}</li>}</For>
          </ul>
        </Banner>
      </Show>
      <div class="flex gap-2">
        <Button look="primary" disabled={problems().length > 0} pending={props.pending} onClick={() => props.onCheck()}>
          Check the file
        </Button>
        <Button look="ghost" onClick={() => props.onBack()}>
          Another file
        </Button>
      </div>
      <Card title="First rows" flush>
        <Rows preview={props.preview} />
      </Card>
    </div>
  );
}

/** Second step: what the file is and what its columns mean. */
export function ColumnsStep(props: ColumnsStepProps) {
  return (
    <Show
      when={props.preview.columns.length > 0}
      fallback={<Unreadable preview={props.preview} onBack={props.onBack} />}
    >
      <Columns {...props} />
    </Show>
  );
}
