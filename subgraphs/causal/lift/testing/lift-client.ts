import type { Principal } from '@liftos/core/context.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import type { TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import type { EvaluateLiftInput, LiftEvaluation } from '../../schema.generated.ts';
import { causal } from '../../subgraph.ts';

const estimate = '{ value low high standardError }';
const band = '{ mean low high }';
const text = `id name method state progress settings seed warnings error codeVersion computeMillis
  inputs { source valueName currency treated controls periods firstPeriod lastPeriod start sourceKinds filled dataHash }
  calibration { channel region from to kpi basis currency spend spendChange kpiChange standardError method sourceKinds }
  result { conclusion assumptions level effect ${estimate} relative ${estimate} total ${estimate}
    pValues { test value meaning smallest monteCarloError } periods pre observed counterfactual ${band}
    pointwise ${band} cumulative ${band} cumulativePeriods weights { unit weight inclusion }
    timeWeights { unit weight } fit { preMspe postMspe mspeRatio rSquared l2 scaledL2 outsideRange effectiveControls lambda estimatedBias }
    placebos { rank units { unit treated preMspe postMspe ratio effect } }
    balance { predictor importance treated synthetic controlMean }
    eventStudy { event estimate low high pValue bandLow bandHigh } parallelTrends { pValue effects conclusion }
    groupEffects { group period estimate standardError low high }
    aggregates { by estimate standardError low high pValue parts { key estimate standardError } }
    refutations { kind effect estimates { label effect } passed pValue conclusion assumption } skipped { kind reason }
    spend { before change totalChange currency given } iroas ${estimate} }`;
const evaluateText = `mutation ($input: EvaluateLiftInput!) { evaluateLift(input: $input) { evaluation { ${text} } } }`;
const showText = `query ($id: ID!) { liftEvaluation(id: $id) { ${text} } }`;
const stateText = 'query ($id: ID!) { liftEvaluation(id: $id) { state } }';
const cancelText = 'mutation ($id: ID!) { cancelLiftEvaluation(id: $id) { evaluation { state } } }';

/** The graph as one principal sees it. */
export interface Asking {
  readonly runtime: TestRuntime;
  readonly principal: Principal;
}

export async function start(asking: Asking, input: EvaluateLiftInput): Promise<LiftEvaluation> {
  const options = { ...asking, variables: { input } };
  const { evaluateLift } = await answer<{ evaluateLift: { evaluation: LiftEvaluation } }>(
    causal,
    evaluateText,
    options,
  );
  return evaluateLift.evaluation;
}

export async function shown(asking: Asking, id: string): Promise<LiftEvaluation | null> {
  const options = { ...asking, variables: { id } };
  return (await answer<{ liftEvaluation: LiftEvaluation | null }>(causal, showText, options)).liftEvaluation;
}

/** The first evaluation of a worker also waits for its thread to load. */
const patienceMillis = 60_000;
const ended = ['SUCCEEDED', 'FAILED', 'CANCELLED'];

/** Waits until an evaluation is in one of the states; asks for nothing but the state meanwhile. */
export async function inState(asking: Asking, id: string, states: readonly string[] = ended): Promise<LiftEvaluation> {
  const options = { ...asking, variables: { id } };
  await until(async () => {
    const { liftEvaluation } = await answer<{ liftEvaluation: LiftEvaluation | null }>(causal, stateText, options);
    return liftEvaluation !== null && states.includes(liftEvaluation.state);
  }, patienceMillis);
  return (await shown(asking, id))!;
}

/** Evaluates and waits for the end. */
export async function evaluated(asking: Asking, input: EvaluateLiftInput): Promise<LiftEvaluation> {
  return inState(asking, (await start(asking, input)).id);
}

/** What an input is refused with: code and field. */
export async function refusal(asking: Asking, input: unknown): Promise<Record<string, unknown> | undefined> {
  const { errors } = await ask(causal, evaluateText, { ...asking, variables: { input } });
  return errors?.[0]?.extensions;
}

export async function cancel(asking: Asking, id: string): Promise<void> {
  await answer(causal, cancelText, { ...asking, variables: { id } });
}
