import { For, Show, createSignal } from 'solid-js';
import { timeZone } from '../../data/url.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { addDays, dayIn } from '../../ui/range.ts';
import type { MockRegionsInput, MockTestInput } from './connections.generated.ts';

const counts = [10, 20, 40, 50];

/** What the fields of this file hold; null when figures are not split by market. */
export function readRegions(fields: FormData): MockRegionsInput | null {
  const count = Number(fields.get('regions') ?? 0);
  return count === 0 ? null : { count, tests: readTest(fields) };
}

function readTest(fields: FormData): MockTestInput[] {
  const text = (name: string): string => String(fields.get(name) ?? '').trim();
  if (text('testChannel') === '') return [];
  const regions = text('testRegions')
    .split(',')
    .map((name) => name.trim());
  return [
    {
      channel: text('testChannel'),
      regions: regions.filter((name) => name !== ''),
      from: text('testFrom'),
      to: text('testTo'),
      factor: Number(text('testFactor')),
    },
  ];
}

function TestFields(props: { error: (field: string) => string | undefined }) {
  const today = dayIn(Date.now(), timeZone());
  const [channel, setChannel] = createSignal('');
  const isPlanned = () => channel().trim() !== '';
  const error = (field: string) => props.error(`tests.0.${field}`);
  return (
    <fieldset class="grid min-w-0 grid-cols-1 gap-4 sm:col-span-2 sm:grid-cols-2">
      <legend class="mb-2 text-xs text-ink-2">
        A planned test, if you like: its true effect is shown with the connection.
      </legend>
      <TextField
        label="Channel of the test"
        name="testChannel"
        placeholder="Google Shopping"
        onInput={(event) => setChannel(event.currentTarget.value)}
        error={error('channel')}
        hint="Leave empty for no test."
      />
      <TextField
        label="Markets of the test"
        name="testRegions"
        placeholder="Washington, Phoenix"
        required={isPlanned()}
        error={error('regions')}
        hint="Separated by commas."
      />
      <TextField
        label="First day of the test"
        name="testFrom"
        type="date"
        value={addDays(today, -35)}
        required={isPlanned()}
      />
      <TextField
        label="Last day of the test"
        name="testTo"
        type="date"
        value={addDays(today, -8)}
        required={isPlanned()}
        error={error('to')}
      />
      <TextField
        label="Spend is multiplied by"
        name="testFactor"
        type="number"
        min={0}
        max={10}
        step="any"
        value="0"
        required={isPlanned()}
        error={error('factor')}
        hint="0 spends nothing, 2 doubles."
      />
    </fieldset>
  );
}

/** Whether generated figures are split by market, and a change of spend in some of them. */
export function MockRegionsFields(props: { error: (field: string) => string | undefined }) {
  const [count, setCount] = createSignal(0);
  return (
    <>
      <SelectField
        label="Markets"
        name="regions"
        onChange={(event) => setCount(Number(event.currentTarget.value))}
        hint="With markets you can try geo experiments and mix models by region."
      >
        <option value="0">None: the whole country</option>
        <For each={counts}>{(number) => <option value={number}>{number} markets</option>}</For>
      </SelectField>
      <Show when={count() > 0}>
        <TestFields error={props.error} />
      </Show>
    </>
  );
}
