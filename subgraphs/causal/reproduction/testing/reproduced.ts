import type { Principal } from '@liftos/core/context.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import type { TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import type { Reproduction } from '../../schema.generated.ts';
import { causal } from '../../subgraph.ts';
import type { ReproducibleKind } from '../reproducible.ts';

export const reproduceText = `mutation ($kind: ReproducibleKind!, $id: ID!) {
  reproduce(kind: $kind, id: $id) { reproduction { id } } }`;
const showText = `query ($id: ID!) {
  reproduction(id: $id) { state error identical sameData largestDifference } }`;
const patienceMillis = 60_000;

/** How a result compares that came out the same. */
export const same = { identical: true, sameData: true, largestDifference: 0 };

/** Computes a stored result again and waits for how the two compare. Throws when that fails. */
export async function reproduced(
  asking: { runtime: TestRuntime; principal: Principal },
  kind: ReproducibleKind,
  subjectId: string,
): Promise<Pick<Reproduction, 'identical' | 'sameData' | 'largestDifference'>> {
  const { reproduce } = await answer<{ reproduce: { reproduction: { id: string } } }>(causal, reproduceText, {
    ...asking,
    variables: { kind, id: subjectId },
  });
  const options = { ...asking, variables: reproduce.reproduction };
  const { state, error, ...outcome } = await until(async () => {
    const { reproduction } = await answer<{ reproduction: Reproduction }>(causal, showText, options);
    return reproduction.state !== 'QUEUED' && reproduction.state !== 'RUNNING' && reproduction;
  }, patienceMillis);
  if (state !== 'SUCCEEDED') throw new Error(`Computing again is ${state}: ${error}`);
  return outcome;
}
