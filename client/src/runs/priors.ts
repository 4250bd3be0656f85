/** Distributions that beliefs may follow. */
export type PriorKind = 'NORMAL' | 'HALF_NORMAL' | 'LOG_NORMAL' | 'GAMMA' | 'BETA';

/** A belief before the data, as a model would begin with it. */
export interface Prior {
  key: string;
  /** Null for all channels. */
  channel: string | null;
  label: string;
  kind: PriorKind;
  parameters: number[];
  parameterNames: string[];
  kinds: PriorKind[];
  sentence: string;
}

/** A belief that was changed. */
export interface PriorChange {
  key: string;
  channel?: string | null | undefined;
  kind: PriorKind;
  parameters: number[];
}

export const priorKindNames: Record<PriorKind, string> = {
  NORMAL: 'Normal',
  HALF_NORMAL: 'Half-normal',
  LOG_NORMAL: 'Log-normal',
  GAMMA: 'Gamma',
  BETA: 'Beta',
};

/** Changed priors with one more; the same quantity of the same channel is replaced. */
export function withPrior(priors: readonly PriorChange[], change: PriorChange): PriorChange[] {
  const same = ({ key, channel }: PriorChange): boolean =>
    (key === change.key || (isEffect(key) && isEffect(change.key))) && (channel ?? null) === (change.channel ?? null);
  return [...priors.filter((prior) => !same(prior)), change];
}

/** The effect of a channel has one prior: on the height of its curve, or on its ROI. */
function isEffect(key: string): boolean {
  return key === 'effect' || key === 'roi';
}
