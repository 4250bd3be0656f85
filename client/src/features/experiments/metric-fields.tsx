import ArrowUp from 'lucide-solid/icons/arrow-up';
import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { Index, Show } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { Checkbox, SelectField, TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { type ExperimentForm, type MetricRow, decidingFirst, metricsOf, withMetric } from './experiment-form.ts';
import type { ExperimentMetricKind } from './experiments.generated.ts';

interface Parts {
  form: ExperimentForm;
  onChange: (change: Partial<ExperimentForm>) => void;
}

function Row(props: Parts & { metric: MetricRow; index: number }) {
  const number = () => props.index + 1;
  const posted = () => props.form.source === 'POSTED';
  const set = (change: Partial<MetricRow>): void =>
    props.onChange({
      metrics: props.form.metrics.map((metric, place) => (place === props.index ? { ...metric, ...change } : metric)),
    });
  return (
    <div class="flex flex-wrap items-center gap-2">
      <TextField
        quiet
        class="min-w-40 flex-1 sm:max-w-64"
        label={`Name of metric ${number()}`}
        required
        maxLength={200}
        value={props.metric.name}
        onInput={(event) => set({ name: event.currentTarget.value })}
      />
      <Show when={posted()} fallback={<span class="text-sm text-ink-2">conversions, a share</span>}>
        <SelectField
          quiet
          label={`Kind of metric ${number()}`}
          value={props.metric.kind}
          onChange={(event) => set({ kind: event.currentTarget.value as ExperimentMetricKind })}
        >
          <option value="SHARE">a share of units, e.g. who ordered</option>
          <option value="MEAN">a mean per unit, e.g. revenue</option>
          <option value="RATIO">a ratio of sums, e.g. clicks per view</option>
        </SelectField>
      </Show>
      <Show when={posted() && props.metric.kind !== 'RATIO'}>
        <Checkbox
          label="Adjusted (CUPED)"
          aria-label={`Adjusted (CUPED): metric ${number()}, by the same of each unit before the start`}
          checked={props.metric.adjusted}
          onChange={(event) => set({ adjusted: event.currentTarget.checked })}
        />
      </Show>
      <div class="flex">
        <Show when={props.index > 0}>
          <IconButton
            label={`Let ${props.metric.name} decide`}
            onClick={() => props.onChange({ metrics: decidingFirst(props.form.metrics, props.index) })}
          >
            <ArrowUp size={15} />
          </IconButton>
        </Show>
        <Show when={metricsOf(props.form).length > 1}>
          <IconButton
            label={`Remove ${props.metric.name}`}
            onClick={() => props.onChange({ metrics: props.form.metrics.filter((_, place) => place !== props.index) })}
          >
            <X size={15} />
          </IconButton>
        </Show>
      </div>
    </div>
  );
}

/** What is measured of every unit: the metric that decides, and others that are corrected together. */
export function MetricFields(props: Parts) {
  return (
    <fieldset class="flex flex-col gap-2">
      <legend class="mb-1 text-xs font-semibold text-ink-2">Metrics, the one that decides first</legend>
      <Index each={metricsOf(props.form)}>
        {(metric, index) => <Row {...props} metric={metric()} index={index} />}
      </Index>
      <Show
        when={props.form.source === 'POSTED'}
        fallback={<p class="text-xs text-ink-2">Records of campaigns tell of conversions alone: one share.</p>}
      >
        <p class="text-xs text-ink-2">
          Adjusted by the same outcome of each unit before the start, a metric needs fewer units. All but the first are
          corrected for being several.
        </p>
        <div>
          <Button size="sm" onClick={() => props.onChange({ metrics: withMetric(props.form.metrics) })}>
            <Plus size={14} aria-hidden="true" /> Add a metric
          </Button>
        </div>
      </Show>
    </fieldset>
  );
}
