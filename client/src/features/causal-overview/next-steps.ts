import type { CausalOverviewQuery } from './overview.generated.ts';

export interface Step {
  done: boolean;
  title: string;
  text: string;
  href: string;
  action: string;
}

type Known = Pick<
  CausalOverviewQuery,
  | 'dataExtent'
  | 'attributionRuns'
  | 'mixModels'
  | 'models'
  | 'experiments'
  | 'liftEvaluations'
  | 'calibrations'
  | 'acceptedBudgetPlan'
>;

/** The way from connected data to a decision, with what of it is done. */
export function stepsOf(found: Known): Step[] {
  const { records, journeys } = found.dataExtent;
  const models = found.models.edges.map(({ node }) => node);
  return [
    {
      done: records + journeys > 0,
      title: 'Connect data',
      text: 'Daily figures of channels feed mix models and lift; customer journeys feed attribution.',
      href: '/connections/new',
      action: 'Connect data',
    },
    {
      done: found.attributionRuns.edges.length > 0,
      title: 'Share the credit',
      text: 'Seven attribution models on the same journeys show where answers depend on the model.',
      href: '/attribution',
      action: 'Run attribution',
    },
    {
      done:
        models.some(({ versions }) => versions.some(({ state }) => state === 'SUCCEEDED')) ||
        found.mixModels.edges.some(({ node }) => node.state === 'SUCCEEDED'),
      title: 'Train a mix model',
      text: 'What each channel brings, with its uncertainty, from how spend and sales move together.',
      href: '/models/new',
      action: 'Train a model',
    },
    {
      done: models.some(({ champion }) => champion !== null),
      title: 'Promote a version',
      text: 'Compare versions on the same folds and say which one counts.',
      href: '/models',
      action: 'Compare versions',
    },
    {
      done: found.experiments.edges.length > 0 || found.liftEvaluations.edges.length > 0,
      title: 'Test what the model says',
      text: 'An experiment, or the evaluation of a change that was made, shows cause instead of coincidence.',
      href: '/experiments',
      action: 'Design an experiment',
    },
    {
      done: found.calibrations.edges.length > 0,
      title: 'Calibrate',
      text: 'Measured effects bind the next training and stand beside attribution.',
      href: '/experiments',
      action: 'See experiments',
    },
    {
      done: found.acceptedBudgetPlan !== null,
      title: 'Decide on a budget',
      text: 'Move money to where the next unit brings most, within bounds, and keep the decision.',
      href: '/budget',
      action: 'Plan a budget',
    },
  ];
}
