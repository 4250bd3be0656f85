import { A } from '@solidjs/router';
import { For, type JSX, Show } from 'solid-js';
import { Badge } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { percent, plural, words } from '../../ui/format.ts';
import { MockBadge } from '../../ui/mock-badge.tsx';
import { RunBadge } from '../../ui/run-badge.tsx';
import { Time, date } from '../../ui/time.tsx';
import type { CausalOverviewQuery } from './overview.generated.ts';

interface Found {
  found: CausalOverviewQuery;
}

/** One thing with what it says. */
function Item(props: { href: string; title: string; badges?: JSX.Element; text?: string | undefined; at?: string }) {
  return (
    <li class="flex flex-col gap-1 border-t border-line-soft px-4 py-2.5">
      <div class="flex items-start gap-2">
        <A href={props.href} class="min-w-0 flex-1 text-sm break-words font-semibold text-accent hover:underline">
          {props.title}
        </A>
        {props.badges}
      </div>
      <Show when={props.text}>
        <p class="text-sm">{props.text}</p>
      </Show>
      <Show when={props.at}>
        <p class="text-xs text-ink-2">
          <Time at={props.at} />
        </p>
      </Show>
    </li>
  );
}

function ListCard<Row>(props: {
  title: string;
  href: string;
  rows: Row[];
  empty: string;
  children: (row: Row) => JSX.Element;
}) {
  return (
    <Card
      title={props.title}
      class="mb-4 break-inside-avoid"
      aside={
        <LinkButton size="sm" href={props.href}>
          All<span class="sr-only"> of {props.title.toLowerCase()}</span>
        </LinkButton>
      }
      flush
    >
      <Show when={props.rows.length > 0} fallback={<p class="px-4 pb-4 text-sm text-ink-2">{props.empty}</p>}>
        <ul>
          <For each={props.rows}>{props.children}</For>
        </ul>
      </Show>
    </Card>
  );
}

/** Models with their champions. */
export function ModelsCard(props: Found) {
  return (
    <ListCard
      title="Models"
      href="/models"
      rows={props.found.models.edges.map(({ node }) => node).slice(0, 5)}
      empty="No model is kept in the registry yet."
    >
      {(model) => (
        <Item
          href={`/models/${model.id}`}
          title={model.name}
          badges={
            <>
              <MockBadge when={model.mock} />
              <Show when={model.versions[0] && model.versions[0].state !== 'SUCCEEDED' && model.versions[0]}>
                {(version) => <RunBadge run={version()} />}
              </Show>
              <Badge tone={model.champion ? 'ok' : 'neutral'}>
                {model.champion ? `Champion v${model.champion.number}` : 'No champion'}
              </Badge>
            </>
          }
          text={
            model.champion
              ? `Off by ${percent(model.champion.metrics?.weightedError)} in its back-test. ${model.champion.accuracy.conclusion}`
              : undefined
          }
        />
      )}
    </ListCard>
  );
}

type Mix = CausalOverviewQuery['mixModels']['edges'][number]['node'];
type Lift = CausalOverviewQuery['liftEvaluations']['edges'][number]['node'];

function mixName(inputs: Mix['inputs']): string {
  if (!inputs) return 'Mix model';
  const where = inputs.regions.length > 0 ? ` in ${plural(inputs.regions.length, 'region')}` : '';
  return `${words(inputs.kpi)} by ${plural(inputs.channels.length, 'channel')}${where}`;
}

function liftName({ name, inputs }: Lift): string {
  return name ?? (inputs ? `${inputs.valueName} of ${inputs.treated.slice(0, 3).join(', ')}` : 'Evaluation');
}

/** The newest trainings of mix models. */
export function MixModelsCard(props: Found) {
  return (
    <ListCard
      title="Mix models"
      href="/mix-model"
      rows={props.found.mixModels.edges.map(({ node }) => node)}
      empty="No mix model was trained yet."
    >
      {(model) => (
        <Item
          href={`/mix-model/${model.id}`}
          title={mixName(model.inputs)}
          badges={
            <>
              <MockBadge when={model.sourceKinds.includes('mock')} />
              <RunBadge run={model} />
            </>
          }
          text={model.conclusion ?? undefined}
          at={model.createdAt}
        />
      )}
    </ListCard>
  );
}

/** Experiments that run, as they stand. */
export function ExperimentsCard(props: Found) {
  return (
    <ListCard
      title="Running experiments"
      href="/experiments"
      rows={props.found.running.edges.map(({ node }) => node)}
      empty="No experiment runs."
    >
      {(experiment) => (
        <Item
          href={`/experiments/${experiment.id}`}
          title={experiment.name}
          badges={<Badge tone="info">{experiment.endsOn ? `Until ${date(experiment.endsOn)}` : 'Running'}</Badge>}
          text={experiment.analysis?.conclusion}
        />
      )}
    </ListCard>
  );
}

/** The newest lift evaluations and what they say. */
export function LiftCard(props: Found) {
  return (
    <ListCard
      title="Lift evaluations"
      href="/lift"
      rows={props.found.liftEvaluations.edges.map(({ node }) => node)}
      empty="Nothing was evaluated yet."
    >
      {(evaluation) => (
        <Item
          href={`/lift/${evaluation.id}`}
          title={liftName(evaluation)}
          badges={
            <>
              <MockBadge when={evaluation.inputs?.sourceKinds.includes('mock')} />
              <RunBadge run={evaluation} />
            </>
          }
          text={evaluation.result?.conclusion}
          at={evaluation.createdAt}
        />
      )}
    </ListCard>
  );
}

/** What experiments measured of channels. */
export function CalibrationsCard(props: Found) {
  return (
    <ListCard
      title="Calibrations"
      href="/experiments?tab=calibrations"
      rows={props.found.calibrations.edges.map(({ node }) => node)}
      empty="No measured effect is kept yet; mix models rest on their priors and the data alone."
    >
      {(calibration) => (
        <Item
          href="/experiments?tab=calibrations"
          title={calibration.channel}
          badges={<MockBadge when={calibration.sourceKinds.some((kind) => kind.toLowerCase() === 'mock')} />}
          text={calibration.conclusion}
          at={calibration.createdAt}
        />
      )}
    </ListCard>
  );
}

/** The budget plan that was accepted last. */
export function DecisionCard(props: Found) {
  const accepted = () => props.found.acceptedBudgetPlan;
  return (
    <ListCard
      title="Accepted budget"
      href="/budget"
      rows={accepted() ? [accepted()!] : []}
      empty="No budget plan was accepted yet."
    >
      {(plan) => (
        <Item
          href={`/budget?model=${plan.modelId}`}
          title={plan.name}
          badges={<MockBadge when={plan.answer.inputs.mock} />}
          text={`${plan.answer.conclusion}${plan.acceptance ? ` Accepted by ${plan.acceptance.by}${plan.acceptance.note ? `: “${plan.acceptance.note}”` : '.'}` : ''}`}
          {...(plan.acceptance ? { at: plan.acceptance.at } : {})}
        />
      )}
    </ListCard>
  );
}
