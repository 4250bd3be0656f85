import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import { Match, Show, Switch, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { createQuery } from '../../data/query.ts';
import { useQuery } from '../../data/url.ts';
import { MockBanner } from '../../ui/mock-banner.tsx';
import { Banner } from '../../ui/banner.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AllocationCard } from './allocation-card.tsx';
import { BoundsCard } from './bounds-card.tsx';
import {
  type BudgetPlanInput,
  BudgetCurvesDocument,
  BudgetPlanAnswerDocument,
  PlanModelsDocument,
} from './budget.generated.ts';
import { ComputedCard } from './computed-card.tsx';
import { CurvesCard } from './curves-card.tsx';
import { GoalCard } from './goal-card.tsx';
import { OutcomeCard } from './outcome-card.tsx';
import { type PlanForm, formOf, planParams, readPlan, toPlanInput, writePlan } from './plan-form.ts';
import { ScenariosCard } from './scenarios-card.tsx';

const addressMillis = 300;
const askMillis = 60;

/** The plan as it is being changed. The address follows a moment later: a slider moves faster than a history may. */
function createForm() {
  const url = useQuery();
  const [form, setForm] = createSignal<PlanForm>(readPlan(url.get));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = JSON.stringify(writePlan(form()));
  const write = (): void => {
    written = JSON.stringify(writePlan(form()));
    url.set(writePlan(form()));
  };
  onCleanup(() => clearTimeout(timer));
  // Back, forward and links change the address from outside.
  createEffect(
    on(
      () => planParams.map((name) => url.get(name)),
      () => {
        const found = readPlan(url.get);
        if (JSON.stringify(writePlan(found)) !== written) setForm(found);
        written = JSON.stringify(writePlan(found));
      },
      { defer: true },
    ),
  );
  return {
    form,
    change(change: Partial<PlanForm>): void {
      setForm((now) => ({ ...now, ...change }));
      clearTimeout(timer);
      timer = setTimeout(write, addressMillis);
    },
  };
}

/** Follows a value at most every so many milliseconds, always to its last state. */
function createThrottled<Value>(value: () => Value, millis: number): () => Value {
  const [held, setHeld] = createSignal(value(), { equals: false });
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(
      value,
      () => {
        timer ??= setTimeout(() => {
          timer = undefined;
          setHeld(() => value());
        }, millis);
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(timer));
  return held;
}

function createPlanner() {
  const { form, change } = createForm();
  const models = createQuery(PlanModelsDocument, () => ({}));
  const model = createMemo(() => {
    const all = models.data()?.planModels ?? [];
    return all.find(({ modelId }) => modelId === form().model) ?? (form().model === null ? all[0] : undefined);
  });
  const modelId = () => model()?.modelId ?? form().model;
  const curves = createQuery(BudgetCurvesDocument, () => {
    const id = modelId();
    return id === null ? null : { modelId: id, horizonDays: form().horizonDays, carryOver: form().carryOver };
  });
  const channels = () => {
    const found = curves.data()?.budgetCurves;
    return found && found.inputs.modelId === modelId() ? found.channels : [];
  };
  const input = createMemo((): BudgetPlanInput | null => {
    const id = modelId();
    if (id === null || channels().length === 0) return null;
    return toPlanInput({ ...form(), model: id }, channels(), curves.data()!.budgetCurves.inputs.mock);
  });
  const asked = createThrottled(input, askMillis);
  const answer = createQuery(BudgetPlanAnswerDocument, () => {
    const question = asked();
    return question ? { input: question } : null;
  });
  const shown = () => {
    const found = answer.data()?.budgetPlan;
    return found && found.inputs.modelId === modelId() ? found : undefined;
  };
  return { form, change, models, model, modelId, curves, channels, input, answer, shown };
}

export type Planner = ReturnType<typeof createPlanner>;

function NoModel() {
  return (
    <Card>
      <EmptyState
        icon={<SlidersHorizontal size={20} />}
        title="No model to plan with yet"
        action={
          <LinkButton look="primary" href="/models">
            Train a model
          </LinkButton>
        }
      >
        A plan is made on the response curves of a trained mix model that stands up to its own checks.
      </EmptyState>
    </Card>
  );
}

function Plan(props: { planner: Planner }) {
  const failure = () => props.planner.answer.failure() ?? props.planner.curves.failure();
  return (
    <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_300px]">
      <div class="flex min-w-0 flex-col gap-4">
        <GoalCard planner={props.planner} />
        <Show when={failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
        <Show
          when={props.planner.shown()}
          fallback={<Show when={!failure()}>{<Skeleton rows={8} class="card" />}</Show>}
        >
          {(answer) => (
            <>
              <OutcomeCard answer={answer()} />
              <BoundsCard planner={props.planner} />
              <AllocationCard answer={answer()} />
              <CurvesCard channels={props.planner.channels()} answer={answer()} />
            </>
          )}
        </Show>
      </div>
      <div class="grid grid-cols-1 content-start gap-4 md:max-xl:grid-cols-2">
        <ScenariosCard
          input={props.planner.input()}
          onLoad={(modelId, settings) => props.planner.change(formOf(modelId, settings))}
        />
        <Show when={props.planner.shown()}>{(answer) => <ComputedCard answer={answer()} />}</Show>
      </div>
    </div>
  );
}

/** Where the next money should go: plans on response curves, answered while bounds and budget move. */
export function BudgetPage() {
  const planner = createPlanner();
  return (
    <Page
      title="Budget"
      status="Plans on the response curves of a trained mix model"
      above={
        <MockBanner when={planner.shown()?.inputs.mock}>
          This model was trained on generated data; the plan is about nothing real.
        </MockBanner>
      }
    >
      <DataState of={planner.models}>
        {(data) => (
          <Switch fallback={<Plan planner={planner} />}>
            <Match when={data().planModels.length === 0 && planner.form().model === null}>
              <NoModel />
            </Match>
          </Switch>
        )}
      </DataState>
    </Page>
  );
}
