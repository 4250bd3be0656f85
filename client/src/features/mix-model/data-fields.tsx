import { For, Show } from 'solid-js';
import { Checkbox, TextField } from '../../ui/field.tsx';
import { money, plural } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Choice } from './choice.tsx';
import type { FormParts } from './form-parts.ts';

/** A search takes regions together and holds nothing out. */
type DataParts = FormParts & { search?: boolean };

function Scope(props: DataParts) {
  const regions = () => props.preview?.regions ?? [];
  return (
    <div class="flex flex-wrap items-end gap-x-5 gap-y-3">
      <Segmented
        label="Source of the records"
        value={props.form.mock ? 'mock' : 'real'}
        options={[
          { value: 'real', label: 'Live and files' },
          { value: 'mock', label: 'Mock' },
        ]}
        onChange={(source) => props.change('mock', source === 'mock')}
      />
      <Segmented
        label="Periods"
        value={props.form.period}
        options={[
          { value: 'WEEK', label: 'Weeks' },
          { value: 'DAY', label: 'Days' },
        ]}
        onChange={(period) => props.change('period', period)}
      />
      <Show when={!props.search}>
        <Segmented
          label="Regions"
          value={props.form.geo}
          options={[
            { value: 'NATIONAL', label: 'All together' },
            { value: 'REGION', label: regions().length > 0 ? plural(regions().length, 'region') : 'By region' },
          ]}
          onChange={(geo) => props.change('geo', geo)}
        />
        <TextField
          label="Periods held out"
          type="number"
          min={0}
          max={104}
          class="w-32"
          value={props.form.holdout}
          onChange={(event) => props.change('holdout', Number(event.currentTarget.value))}
        />
      </Show>
    </div>
  );
}

/** What is explained, over which days, from which records. */
export function DataFields(props: DataParts) {
  return (
    <div class="flex flex-col gap-4">
      <div class="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <TextField
          label="First day"
          type="date"
          required
          value={props.form.from}
          hint="Two to three years are best"
          onChange={(event) => props.change('from', event.currentTarget.value)}
        />
        <TextField
          label="Last day"
          type="date"
          required
          value={props.form.to}
          onChange={(event) => props.change('to', event.currentTarget.value)}
        />
        <Choice
          label="Explain"
          value={props.form.kpi}
          options={[
            ['REVENUE', 'Revenue'],
            ['CONVERSIONS', 'Conversions'],
          ]}
          onChange={(kpi) => props.change('kpi', kpi)}
        />
        <Choice
          label="Whose figures count"
          value={props.form.basis}
          options={[
            ['CLAIMED', 'Claimed by platforms'],
            ['BOOKED', 'Booked by shop or CRM'],
            ['PAID', 'Paid, by payment service'],
          ]}
          onChange={(basis) => props.change('basis', basis)}
        />
      </div>
      <Scope {...props} />
    </div>
  );
}

/** What works of a channel, and how. A search tries the shapes itself. */
export function ShapeFields(props: DataParts) {
  return (
    <div class="grid grid-cols-1 gap-4 sm:grid-cols-3">
      <Choice
        label="Media"
        value={props.form.media}
        hint="What works of a channel; returns are on its spend all the same"
        options={[
          ['SPEND', 'Spend'],
          ['IMPRESSIONS', 'Impressions'],
          ['CLICKS', 'Clicks'],
        ]}
        onChange={(media) => props.change('media', media)}
      />
      <Show when={!props.search}>
        <Curves {...props} />
      </Show>
    </div>
  );
}

function Curves(props: FormParts) {
  return (
    <>
      <Choice
        label="Carry-over"
        value={props.form.carryOver}
        hint="How spend goes on to work"
        options={[
          ['GEOMETRIC', 'Fades evenly (geometric)'],
          ['WEIBULL_PDF', 'May rise first (Weibull density)'],
          ['WEIBULL_CDF', 'Fades unevenly (Weibull)'],
          ['NONE', 'None'],
        ]}
        onChange={(carryOver) => props.change({ carryOver, priors: [] })}
      />
      <Choice
        label="Saturation"
        value={props.form.saturation}
        hint="How more of it does less"
        options={[
          ['LOGISTIC', 'Logistic'],
          ['HILL', 'Hill, may be S-shaped'],
          ['MICHAELIS_MENTEN', 'Michaelis-Menten'],
          ['NONE', 'None'],
        ]}
        onChange={(saturation) => props.change({ saturation, priors: [] })}
      />
    </>
  );
}

/** Which channels are measured. */
export function ChannelFields(props: FormParts) {
  const spending = () => (props.preview?.channels ?? []).filter(({ spend }) => spend > 0);
  const keep = (name: string, on: boolean): void =>
    props.change('without', (now) => (on ? now.filter((own) => own !== name) : [...now, name]));
  return (
    <fieldset>
      <legend class="mb-1 text-xs font-semibold text-ink-2">Channels with spend</legend>
      <Show when={spending().length > 0} fallback={<p class="text-sm text-ink-2">None in these days.</p>}>
        <div class="grid grid-cols-1 gap-x-6 sm:grid-cols-2 xl:grid-cols-3">
          <For each={spending()}>
            {(channel) => (
              <Checkbox
                checked={!props.form.without.includes(channel.name)}
                onChange={(event) => keep(channel.name, event.currentTarget.checked)}
                label={
                  <>
                    {channel.name}{' '}
                    <span class="tabular text-xs text-ink-2">
                      {money(channel.spend, props.preview?.currency, 'compact')}, {plural(channel.activeDays, 'day')}
                    </span>
                  </>
                }
              />
            )}
          </For>
        </div>
      </Show>
    </fieldset>
  );
}
