import Play from 'lucide-solid/icons/play';
import { For, Show } from 'solid-js';
import { timeZone } from '../../data/url.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox, SelectField, TextField } from '../../ui/field.tsx';
import { dayIn } from '../../ui/range.ts';
import { RangePicker } from '../../ui/range-picker.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { AttributionModel } from './attribution.generated.ts';
import { allModels, modelHints, modelNames } from './models.ts';
import { type RunSettings, windows } from './run-form-state.ts';

interface Parts {
  settings: RunSettings;
  onChange: (change: Partial<RunSettings>) => void;
}

function Models(props: Parts) {
  const toggle = (model: AttributionModel, on: boolean): void => {
    const models = allModels.filter((known) => (known === model ? on : props.settings.models.includes(known)));
    if (models.length > 0) props.onChange({ models });
  };
  return (
    <fieldset class="flex flex-col gap-1">
      <legend class="mb-1 text-xs font-semibold text-ink-2">Models</legend>
      <div class="flex flex-wrap gap-1.5">
        <For each={allModels}>
          {(model) => (
            <label
              title={modelHints[model]}
              class="flex h-[30px] cursor-pointer items-center gap-1.5 rounded-full border border-line px-2.5 text-xs font-semibold text-ink-2 transition-colors hover:bg-hover has-checked:border-accent/60 has-checked:bg-accent-soft has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            >
              <input
                type="checkbox"
                class="size-3.5 accent-[var(--accent)]"
                checked={props.settings.models.includes(model)}
                onChange={(event) => {
                  toggle(model, event.currentTarget.checked);
                  event.currentTarget.checked = props.settings.models.includes(model);
                }}
              />
              {modelNames[model]}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}

function Scope(props: Parts) {
  return (
    <div class="flex flex-wrap items-end gap-x-5 gap-y-3">
      <div class="flex flex-col gap-1">
        <span class="text-xs font-semibold text-ink-2">Touches within</span>
        <Segmented
          label="Window before the conversion"
          value={String(props.settings.windowDays ?? 'all')}
          options={windows.map((days) => ({
            value: String(days ?? 'all'),
            label: days === null ? 'All' : `${days} d`,
          }))}
          onChange={(value) => props.onChange({ windowDays: windows.find((days) => String(days) === value) ?? null })}
        />
      </div>
      <div class="flex flex-col gap-1">
        <span class="text-xs font-semibold text-ink-2">Conversions in</span>
        <RangePicker
          value={{ from: props.settings.from, to: props.settings.to }}
          today={dayIn(Date.now(), timeZone())}
          withAll
          align="start"
          onChange={(range) => props.onChange(range)}
        />
      </div>
      <div class="flex flex-col gap-1">
        <span class="text-xs font-semibold text-ink-2">Credit goes to</span>
        <Segmented
          label="Unit"
          value={props.settings.unit}
          options={[
            { value: 'CHANNEL', label: 'Channels' },
            { value: 'CAMPAIGN', label: 'Campaigns' },
            { value: 'CHANNEL_AND_CAMPAIGN', label: 'Both' },
          ]}
          onChange={(unit) => props.onChange({ unit })}
        />
      </div>
      <div class="flex flex-col gap-1">
        <span class="text-xs font-semibold text-ink-2">Data</span>
        <Segmented
          label="Source of the journeys"
          value={props.settings.mock ? 'mock' : 'real'}
          options={[
            { value: 'real', label: 'Live and files' },
            { value: 'mock', label: 'Mock' },
          ]}
          onChange={(source) => props.onChange({ mock: source === 'mock' })}
        />
      </div>
    </div>
  );
}

function Details(props: Parts) {
  const changed = () =>
    props.settings.markovOrder !== 1 || props.settings.halfLifeDays !== 7 || !props.settings.includeNulls;
  return (
    <details open={changed()}>
      <summary class="w-fit text-xs font-semibold text-ink-2 hover:text-ink">Model details</summary>
      <div class="mt-3 grid max-w-2xl items-start gap-4 sm:grid-cols-3">
        <SelectField
          label="Markov order"
          value={String(props.settings.markovOrder)}
          hint="How many touches back the chain remembers"
          onChange={(event) =>
            props.onChange({ markovOrder: Number(event.currentTarget.value) as RunSettings['markovOrder'] })
          }
        >
          <For each={[1, 2, 3]}>{(order) => <option value={order}>{order}</option>}</For>
        </SelectField>
        <TextField
          label="Half-life in days"
          type="number"
          min={0.1}
          max={365}
          step="any"
          value={props.settings.halfLifeDays}
          hint="Time decay: after so many days a touch weighs half"
          onChange={(event) =>
            event.currentTarget.checkValidity() && props.onChange({ halfLifeDays: Number(event.currentTarget.value) })
          }
        />
        <div class="pt-5">
          <Checkbox
            label="Count journeys without conversion (Markov)"
            checked={props.settings.includeNulls}
            onChange={(event) => props.onChange({ includeNulls: event.currentTarget.checked })}
          />
        </div>
      </div>
    </details>
  );
}

/** What to compute. Everything here is in the address. */
export function SettingsCard(
  props: Parts & { mayRun: boolean; pending: boolean; error: string | undefined; onRun: () => void },
) {
  return (
    <Card>
      <form
        aria-label="Attribution settings"
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          props.onRun();
        }}
      >
        <Scope settings={props.settings} onChange={props.onChange} />
        <Models settings={props.settings} onChange={props.onChange} />
        <Details settings={props.settings} onChange={props.onChange} />
        <Show when={props.error}>
          <Banner tone="error">{props.error}</Banner>
        </Show>
        <Show when={props.mayRun}>
          <div>
            <Button type="submit" look="primary" pending={props.pending}>
              <Play size={14} aria-hidden="true" /> Run attribution
            </Button>
          </div>
        </Show>
      </form>
    </Card>
  );
}
