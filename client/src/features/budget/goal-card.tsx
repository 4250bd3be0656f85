import { For, Match, Show, Switch } from 'solid-js';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { decimal } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { date, days } from '../../ui/time.tsx';
import type { Planner } from './budget-page.tsx';
import type { PlanModelsQuery } from './budget.generated.ts';
import { kpiText, moneyText } from './figures.ts';
import { reachOf, within } from './plan-form.ts';
import { Slider } from './slider.tsx';

type Model = PlanModelsQuery['planModels'][number];

function modelLabel(model: Model): string {
  const name = model.name === null ? 'Training' : `${model.name} v${model.version}`;
  return `${name} of ${date(model.trainedAt)} · ${model.channels.length} channels · ${model.kpi.toLowerCase()}${model.promoted ? ' · promoted' : ''}${model.mock ? ' · mock' : ''}`;
}

function ModelChoice(props: { planner: Planner }) {
  const chosen = () => props.planner.modelId() ?? '';
  const all = () => props.planner.models.data()?.planModels ?? [];
  return (
    <div class="flex flex-wrap items-end gap-3">
      <SelectField
        class="min-w-0 flex-1 basis-72"
        label="Model"
        value={chosen()}
        hint={
          props.planner.model() &&
          `Learned from ${days(props.planner.model()!.firstDate, props.planner.model()!.lastDate)}`
        }
        onChange={(event) =>
          props.planner.change({ model: event.currentTarget.value, bounds: {}, total: null, kpiGoal: null })
        }
      >
        <For each={all()}>
          {(model) => (
            <option value={model.modelId} selected={model.modelId === chosen()}>
              {modelLabel(model)}
            </option>
          )}
        </For>
        <Show when={!props.planner.model() && chosen() !== ''}>
          <option value={chosen()} selected>
            Another model
          </option>
        </Show>
      </SelectField>
      <Show when={props.planner.model()?.promoted}>
        <span class="pb-5">
          <Badge tone="ok">Promoted</Badge>
        </span>
      </Show>
    </div>
  );
}

/** A number that can be dragged and typed. */
function Amount(props: {
  label: string;
  value: number;
  range: readonly [number, number];
  text: (value: number) => string;
  hint: string;
  onChange: (value: number) => void;
}) {
  const digits = () => (props.range[1] - props.range[0] > 100 ? 0 : 2);
  return (
    <div class="grid items-end gap-x-4 gap-y-2 sm:grid-cols-[minmax(0,1fr)_160px]">
      <Slider
        label={props.label}
        value={props.value}
        min={props.range[0]}
        max={props.range[1]}
        step="any"
        text={props.text(props.value)}
        onInput={props.onChange}
      />
      <TextField
        label={`${props.label}, as a number`}
        quiet
        type="number"
        step="any"
        value={props.value.toFixed(digits())}
        onChange={(event) => {
          const typed = Number(event.currentTarget.value);
          const next = Number.isFinite(typed) ? within(typed, props.range) : props.value;
          event.currentTarget.value = next.toFixed(digits());
          props.onChange(next);
        }}
      />
      <p class="text-xs text-ink-2 sm:col-span-2">{props.hint}</p>
    </div>
  );
}

function GoalAmount(props: { planner: Planner }) {
  const form = () => props.planner.form();
  const reach = () => reachOf(form(), props.planner.channels());
  const about = () => props.planner.curves.data()?.budgetCurves;
  const spendText = (value: number): string => moneyText(value, about()?.currency);
  const brought = (value: number): string => kpiText(value, about());
  const mostReturn = () => {
    const returns = props.planner.shown()?.channels.map((channel) => channel.currentMarginalReturn) ?? [1];
    return Math.max(form().marginalReturn ?? 1, 2 * Math.max(...returns, 0));
  };
  return (
    <Switch>
      <Match when={form().goal === 'MAXIMISE_KPI'}>
        <Amount
          label="Budget"
          value={within(form().total ?? reach().current, reach().spend)}
          range={reach().spend}
          text={spendText}
          hint={`No change spends ${spendText(reach().current)}. The bounds below allow ${spendText(reach().spend[0])} to ${spendText(reach().spend[1])}.`}
          onChange={(total) => props.planner.change({ total })}
        />
      </Match>
      <Match when={form().goal === 'MINIMISE_BUDGET'}>
        <Amount
          label="What media must bring"
          value={within(form().kpiGoal ?? reach().currentKpi, reach().kpi, 0.01)}
          range={reach().kpi}
          text={brought}
          hint={`No change brings ${brought(reach().currentKpi)}. The bounds below allow ${brought(reach().kpi[0])} to ${brought(reach().kpi[1])}.`}
          onChange={(kpiGoal) => props.planner.change({ kpiGoal })}
        />
      </Match>
      <Match when={form().goal === 'TARGET_MARGINAL_RETURN'}>
        <Amount
          label="Return of the next unit"
          value={form().marginalReturn ?? 1}
          range={[0, mostReturn()]}
          text={(value) => decimal(value)}
          hint="Every channel gets money until its next unit brings no more than this."
          onChange={(marginalReturn) => props.planner.change({ marginalReturn })}
        />
      </Match>
    </Switch>
  );
}

function Terms(props: { planner: Planner }) {
  const form = () => props.planner.form();
  return (
    <div class="flex flex-wrap items-start gap-x-5 gap-y-3">
      <TextField
        class="w-28"
        label="Days ahead"
        type="number"
        min={1}
        max={730}
        step={1}
        value={form().horizonDays}
        onChange={(event) => {
          if (!event.currentTarget.checkValidity() || event.currentTarget.value === '') return;
          const horizonDays = Number(event.currentTarget.value);
          const scale = horizonDays / form().horizonDays;
          const { total, kpiGoal } = form();
          props.planner.change({
            horizonDays,
            total: total === null ? null : total * scale,
            kpiGoal: kpiGoal === null ? null : kpiGoal * scale,
          });
        }}
      />
      <div class="flex flex-col gap-1">
        <span class="text-xs font-semibold text-ink-2">Effect after the last day</span>
        <Segmented
          label="Effect after the last day"
          value={form().carryOver}
          options={[
            { value: 'WHOLE', label: 'Counts' },
            { value: 'WITHIN', label: 'Does not count' },
          ]}
          onChange={(carryOver) => props.planner.change({ carryOver })}
        />
      </div>
      <Show when={form().goal === 'MAXIMISE_KPI'}>
        <TextField
          class="w-44"
          label="Least return of the next unit"
          type="number"
          min={0}
          step="any"
          placeholder="None"
          value={form().minimumReturn ?? ''}
          onChange={(event) => {
            const text = event.currentTarget.value;
            if (event.currentTarget.checkValidity())
              props.planner.change({ minimumReturn: text === '' ? null : Number(text) });
          }}
        />
      </Show>
    </div>
  );
}

/** What the plan is for. Everything here is in the address. */
export function GoalCard(props: { planner: Planner }) {
  return (
    <Card>
      <div class="flex flex-col gap-4">
        <ModelChoice planner={props.planner} />
        <div class="max-w-full overflow-x-auto">
          <Segmented
            label="Goal"
            value={props.planner.form().goal}
            options={[
              { value: 'MAXIMISE_KPI', label: 'Most for a budget' },
              { value: 'MINIMISE_BUDGET', label: 'Least money for a goal' },
              { value: 'TARGET_MARGINAL_RETURN', label: 'To a return' },
            ]}
            onChange={(goal) => props.planner.change({ goal })}
          />
        </div>
        <GoalAmount planner={props.planner} />
        <Terms planner={props.planner} />
      </div>
    </Card>
  );
}
