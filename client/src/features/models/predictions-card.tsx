import { For, Show, createSignal } from 'solid-js';
import { createQuery } from '../../data/query.ts';
import { Warnings } from '../../runs/warnings.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { Checkbox, TextField } from '../../ui/field.tsx';
import { FigureCard, type FigureField } from '../../ui/figure-card.tsx';
import { addDays } from '../../ui/range.ts';
import { ForetoldChart, foretoldFields, type ForetoldRow } from './foretold-chart.tsx';
import { kpiText, kpiTick } from './model-names.ts';
import { PredictionsDocument, type PredictionsQuery, type VersionFieldsFragment } from './models.generated.ts';

type Predictions = PredictionsQuery['predictions'];
type ChannelRow = Predictions['channels'][number];

interface Filters {
  from: string;
  to: string;
  channels: string[];
  /** Spend per day by channel, where it is not as of late. */
  perDay: Record<string, number>;
}

function FilterForm(props: { filters: Filters; channels: readonly string[]; onChange: (filters: Filters) => void }) {
  const set = (change: Partial<Filters>): void => props.onChange({ ...props.filters, ...change });
  const setPerDay = (name: string, text: string): void => {
    const { [name]: _, ...others } = props.filters.perDay;
    set({ perDay: text === '' ? others : { ...others, [name]: Number(text) } });
  };
  const day = (key: 'from' | 'to', label: string) => (
    <TextField
      class="w-40"
      label={label}
      type="date"
      value={props.filters[key]}
      onChange={(event) => event.currentTarget.value && set({ [key]: event.currentTarget.value })}
    />
  );
  const toggle = (name: string, on: boolean): void =>
    set({ channels: props.channels.filter((one) => (one === name ? on : props.filters.channels.includes(one))) });
  return (
    <div class="flex flex-col gap-3">
      <div class="flex flex-wrap gap-4">
        {day('from', 'From')}
        {day('to', 'To')}
      </div>
      <fieldset>
        <legend class="mb-1 text-xs font-semibold text-ink-2">
          Channels, with spend per day ahead (empty: as of late)
        </legend>
        <ul class="grid gap-x-6 gap-y-2 sm:grid-cols-2 2xl:grid-cols-3">
          <For each={props.channels}>
            {(name) => (
              <li class="flex items-center gap-3">
                <Checkbox
                  class="min-w-0 flex-1"
                  label={name}
                  checked={props.filters.channels.includes(name)}
                  onChange={(event) => toggle(name, event.currentTarget.checked)}
                />
                <TextField
                  class="w-32"
                  quiet
                  label={`Spend of ${name} per day`}
                  type="number"
                  min={0}
                  step="any"
                  placeholder="as of late"
                  value={props.filters.perDay[name] ?? ''}
                  onChange={(event) =>
                    event.currentTarget.checkValidity() && setPerDay(name, event.currentTarget.value)
                  }
                />
              </li>
            )}
          </For>
        </ul>
      </fieldset>
    </div>
  );
}

function channelFields(about: Predictions): FigureField<ChannelRow>[] {
  const show = (value: number | null): string => kpiText(value, about);
  const spent = (row: ChannelRow): number => row.spend.reduce((sum, value) => sum + value, 0);
  const money = (value: number | null): string => kpiText(value, { kpi: 'REVENUE', currency: about.currency });
  return [
    { key: 'channel', label: 'Channel', read: (row) => row.name },
    { key: 'spend', label: 'Spend', read: spent, show: money },
    { key: 'brings', label: 'Brings', read: (row) => row.total.mean, show },
    { key: 'low', label: 'From', read: (row) => row.total.low, show },
    { key: 'high', label: 'To', read: (row) => row.total.high, show },
  ];
}

function Found(props: { found: Predictions }) {
  const rows = (): ForetoldRow[] => props.found.periods.map(({ mean, ...period }) => ({ ...period, predicted: mean }));
  const ahead = () => {
    const first = rows().findIndex(({ actual }) => actual === null);
    return first < 0 ? undefined : first;
  };
  const show = (value: number | null): string => kpiText(value, props.found);
  return (
    <div class="flex min-w-0 flex-col gap-4">
      <FigureCard
        title="What it foretells"
        hint="Shaded: what has not been yet"
        file="predictions"
        rows={rows()}
        fields={foretoldFields(show)}
        below={
          <div class="flex flex-col gap-2 px-4 pb-4">
            <p class="text-sm">{props.found.conclusion}</p>
            <Warnings of={props.found.warnings} />
            <details class="text-sm">
              <summary class="w-fit text-xs font-semibold text-ink-2">How was this computed?</summary>
              <ul class="mt-1 list-disc pl-5">
                <li>From version {props.found.version.number}, by kept draws of its posterior.</li>
                <For each={props.found.assumptions}>{(text) => <li>{text}</li>}</For>
              </ul>
            </details>
          </div>
        }
      >
        <ForetoldChart
          label="What is foretold, and what happened where that is known; the table says the same"
          rows={rows()}
          from={ahead()}
          format={show}
          tick={(value) => kpiTick(value, props.found)}
        />
      </FigureCard>
      <FigureCard
        title="By channel"
        hint="Over all periods shown; 90 % interval"
        file="predictions-by-channel"
        rows={props.found.channels}
        fields={channelFields(props.found)}
      />
    </div>
  );
}

/** What a version says of days to come, or of days that were, for other spend. */
export function PredictionsCard(props: { version: VersionFieldsFragment; modelId: string }) {
  const inputs = () => props.version.inputs;
  const channels = () => inputs()?.channels ?? [];
  const [filters, setFilters] = createSignal<Filters>({
    from: addDays(inputs()?.lastDate ?? '2000-01-01', -90),
    to: addDays(inputs()?.lastDate ?? '2000-01-01', 91),
    channels: [...channels()],
    perDay: {},
  });
  const query = createQuery(PredictionsDocument, () => {
    const { from, to, channels: wanted, perDay } = filters();
    const spend = Object.entries(perDay).map(([channel, amount]) => ({ channel, perDay: amount }));
    return { modelId: props.modelId, versionId: props.version.id, from, to, channels: wanted, spend };
  });
  return (
    <>
      <Card title="Predictions" hint={`By version ${props.version.number}`}>
        <FilterForm filters={filters()} channels={channels()} onChange={setFilters} />
      </Card>
      <Show
        when={query.failure()}
        fallback={<DataState of={query}>{(data) => <Found found={data().predictions} />}</DataState>}
      >
        {(failure) => <Banner tone="error">{failure().message}</Banner>}
      </Show>
    </>
  );
}
