import { For, Show, createSignal } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { createAction, createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Reproduce } from '../../runs/reproduce.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { Checkbox, TextField } from '../../ui/field.tsx';
import { MockBadge } from '../../ui/mock-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { AcceptDialog } from './accept-dialog.tsx';
import {
  BudgetPlanChangesDocument,
  type BudgetPlanInput,
  BudgetPlansDocument,
  type PlanFieldsFragment,
  SaveBudgetPlanDocument,
  type SettingsFieldsFragment,
} from './budget.generated.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { kpiText, moneyText } from './figures.ts';

type Load = (modelId: string, settings: SettingsFieldsFragment) => void;

function Scenario(props: {
  plan: PlanFieldsFragment;
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
  onLoad: Load;
  onAccept: () => void;
}) {
  const answer = () => props.plan.answer;
  return (
    <li class="flex flex-col gap-1.5 border-t border-line-soft px-4 py-2.5 text-sm">
      <div class="flex items-center gap-2">
        <Checkbox
          class="min-w-0 flex-1"
          label={<span class="font-semibold break-words">{props.plan.name}</span>}
          checked={props.chosen}
          onChange={(event) => props.onChoose(event.currentTarget.checked)}
        />
        <MockBadge when={answer().inputs.mock} />
        <Show when={props.plan.acceptance}>
          <Badge tone="ok">Accepted</Badge>
        </Show>
      </div>
      <p class="tabular text-xs text-ink-2">
        {moneyText(answer().planned.spend, answer().currency)} over {answer().settings.horizonDays} days, gain{' '}
        {kpiText(answer().gain.mean, answer())} · <Time at={props.plan.createdAt} />
      </p>
      <Show when={props.plan.acceptance}>
        {(acceptance) => (
          <p class="text-xs text-ink-2">
            Accepted by {acceptance().by}, <Time at={acceptance().at} />
            <Show when={acceptance().note}>: “{acceptance().note}”</Show>
          </p>
        )}
      </Show>
      <Reproduce kind="BUDGET_PLAN" id={props.plan.id}>
        <Button size="sm" onClick={() => props.onLoad(props.plan.modelId, answer().settings)}>
          Open
        </Button>
        <Show when={!props.plan.acceptance && may('causal:run')}>
          <Button size="sm" onClick={() => props.onAccept()}>
            Accept…
          </Button>
        </Show>
      </Reproduce>
    </li>
  );
}

function SaveForm(props: { input: BudgetPlanInput; onSaved: () => void }) {
  const [name, setName] = createSignal('');
  const save = createAction(async () => {
    await mutate(SaveBudgetPlanDocument, { name: name(), input: props.input });
    setName('');
    props.onSaved();
  });
  return (
    <form
      class="flex items-end gap-2 px-4 pb-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <TextField
        class="flex-1"
        label="Keep this plan as"
        maxlength={120}
        required
        value={name()}
        error={save.failure()?.message}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" pending={save.pending()}>
        Keep
      </Button>
    </form>
  );
}

/** Plans that were kept: opened again, compared, accepted. */
export function ScenariosCard(props: { input: BudgetPlanInput | null; onLoad: Load }) {
  const plans = createQuery(BudgetPlansDocument, () => ({ first: 50 }));
  const [chosen, setChosen] = createSignal<string[]>([]);
  const [comparing, setComparing] = createSignal(false);
  const [accepting, setAccepting] = createSignal<PlanFieldsFragment>();
  createFeed({
    document: BudgetPlanChangesDocument,
    variables: () => (activity.ready() ? {} : null),
    after: knownSequence,
    sequenceOf: (data) => data.budgetPlanChanges.sequence,
    onEvent: () => plans.refetch(),
  });
  const choose = (id: string, on: boolean): void => {
    setChosen((ids) => (on ? [...ids.filter((one) => one !== id), id].slice(-6) : ids.filter((one) => one !== id)));
  };
  return (
    <Card
      title="Scenarios"
      aside={
        <Button size="sm" disabled={chosen().length < 2} onClick={() => setComparing(true)}>
          Compare{chosen().length > 1 ? ` ${chosen().length}` : ''}
        </Button>
      }
      flush
    >
      <Show when={may('causal:run') && props.input}>
        {(input) => <SaveForm input={input()} onSaved={plans.refetch} />}
      </Show>
      <DataState
        of={plans}
        isEmpty={(data) => data.budgetPlans.edges.length === 0}
        empty={<p class="px-4 pb-4 text-sm text-ink-2">Plans that are kept can be compared and accepted.</p>}
      >
        {(data) => (
          <ul class="max-h-[520px] overflow-y-auto" tabindex={0} aria-label="Kept plans">
            <For each={data().budgetPlans.edges.map((edge) => edge.node)}>
              {(plan) => (
                <Scenario
                  plan={plan}
                  chosen={chosen().includes(plan.id)}
                  onChoose={(on) => choose(plan.id, on)}
                  onLoad={props.onLoad}
                  onAccept={() => setAccepting(plan)}
                />
              )}
            </For>
          </ul>
        )}
      </DataState>
      <CompareDialog ids={comparing() ? chosen() : null} onClose={() => setComparing(false)} />
      <AcceptDialog plan={accepting()} onClose={() => setAccepting(undefined)} onAccepted={plans.refetch} />
    </Card>
  );
}
