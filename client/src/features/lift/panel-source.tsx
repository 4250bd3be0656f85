import { For, Show, createMemo } from 'solid-js';
import { Checkbox, SelectField, TextField } from '../../ui/field.tsx';
import { plural } from '../../ui/format.ts';
import { TextArea } from '../../ui/text-area.tsx';
import { type PanelDraft, periodsOf, valuesOf } from './panel-draft.ts';
import type { TextTable } from './read-table.ts';
import { UnitPicker } from './unit-picker.tsx';

interface Parts {
  text: string;
  table: TextTable;
  draft: PanelDraft;
  problem: string | undefined;
  onText: (text: string) => void;
  onChange: (change: Partial<PanelDraft>) => void;
}

function Columns(props: Parts) {
  const fields = [
    ['unit', 'Units'],
    ['period', 'Periods'],
    ['value', 'Values'],
  ] as const;
  return (
    <div class="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <For each={fields}>
        {([key, label]) => (
          <SelectField
            label={`Column of ${label.toLowerCase()}`}
            value={props.draft[key]}
            onChange={(event) => props.onChange({ [key]: event.currentTarget.value, treated: [], start: '', end: '' })}
          >
            <For each={props.table.columns}>{(name) => <option value={name}>{name}</option>}</For>
          </SelectField>
        )}
      </For>
      <TextField
        label="Currency (optional)"
        hint="When the values are money, e.g. EUR"
        maxLength={3}
        value={props.draft.currency}
        onChange={(event) => props.onChange({ currency: event.currentTarget.value.trim().toUpperCase() })}
      />
    </div>
  );
}

function Treatment(props: Parts) {
  const units = createMemo(() => valuesOf(props.table, props.draft.unit));
  const periods = createMemo(() => periodsOf(props.table, props.draft.period));
  const starts = () =>
    props.table.columns.filter((name) => ![props.draft.unit, props.draft.period, props.draft.value].includes(name));
  return (
    <div class="flex flex-col gap-4">
      <Show when={starts().length > 0}>
        <Checkbox
          label="Units start at different times, and a column says when"
          checked={props.draft.startColumn !== ''}
          onChange={(event) => props.onChange({ startColumn: event.currentTarget.checked ? starts()[0]! : '' })}
        />
      </Show>
      <Show
        when={props.draft.startColumn === ''}
        fallback={
          <SelectField
            label="Column of the first treated period"
            hint="0 or nothing for units that never are"
            class="max-w-xs"
            value={props.draft.startColumn}
            onChange={(event) => props.onChange({ startColumn: event.currentTarget.value })}
          >
            <For each={starts()}>{(name) => <option value={name}>{name}</option>}</For>
          </SelectField>
        }
      >
        <div class="grid grid-cols-1 gap-4 lg:grid-cols-2">
          <UnitPicker
            label="Treated"
            hint="All others are controls"
            names={units()}
            chosen={props.draft.treated}
            onChange={(treated) => props.onChange({ treated })}
          />
          <div class="grid grid-cols-2 content-start gap-4">
            <SelectField
              label="First treated period"
              value={props.draft.start}
              onChange={(event) => props.onChange({ start: event.currentTarget.value })}
            >
              <option value="">Choose</option>
              <For each={periods()}>{(period) => <option value={period}>{period}</option>}</For>
            </SelectField>
            <SelectField
              label="Last treated period"
              value={props.draft.end}
              onChange={(event) => props.onChange({ end: event.currentTarget.value })}
            >
              <option value="">The last of the data</option>
              <For each={periods()}>{(period) => <option value={period}>{period}</option>}</For>
            </SelectField>
          </div>
        </div>
      </Show>
    </div>
  );
}

/** Reads a table in long form: one row per unit and period. */
export function PanelSource(props: Parts) {
  return (
    <div class="flex flex-col gap-4">
      <div class="flex flex-col gap-3">
        <TextField
          label="CSV file"
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          class="max-w-sm"
          onChange={(event) => void event.currentTarget.files?.[0]?.text().then(props.onText)}
        />
        <TextArea
          label="Or paste a table"
          hint="With a header; one row per unit and period. It stays in the browser until you evaluate."
          rows={6}
          value={props.text.length > 20_000 ? `${props.text.slice(0, 20_000)}\n…` : props.text}
          onChange={(event) => props.onText(event.currentTarget.value)}
        />
      </div>
      <Show when={props.table.rows.length > 0}>
        <p class="text-sm text-ink-2">
          {plural(props.table.rows.length, 'row')}, {plural(valuesOf(props.table, props.draft.unit).length, 'unit')},{' '}
          {plural(valuesOf(props.table, props.draft.period).length, 'period')}
        </p>
        <Columns {...props} />
        <Treatment {...props} />
        <Show when={props.problem}>
          <p class="text-sm text-ink-2" role="status">
            {props.problem}
          </p>
        </Show>
      </Show>
    </div>
  );
}
