export type ExperimentState = 'DRAFT' | 'DESIGNED' | 'RUNNING' | 'STOPPED' | 'COMPLETED' | 'DECIDED';

export type ExperimentAction = 'UPDATE' | 'DESIGN' | 'START' | 'RECORD' | 'STOP' | 'COMPLETE' | 'DECIDE';

const rules: Readonly<Record<ExperimentAction, { from: readonly ExperimentState[]; to: ExperimentState | null }>> = {
  UPDATE: { from: ['DRAFT', 'DESIGNED'], to: 'DRAFT' },
  DESIGN: { from: ['DRAFT', 'DESIGNED'], to: 'DESIGNED' },
  START: { from: ['DESIGNED'], to: 'RUNNING' },
  // Figures of the last days arrive late.
  RECORD: { from: ['RUNNING', 'STOPPED', 'COMPLETED'], to: null },
  STOP: { from: ['RUNNING'], to: 'STOPPED' },
  COMPLETE: { from: ['RUNNING'], to: 'COMPLETED' },
  DECIDE: { from: ['STOPPED', 'COMPLETED'], to: 'DECIDED' },
};

/** What may be done with an experiment in a state. */
export function allowedActions(state: ExperimentState): ExperimentAction[] {
  return (Object.keys(rules) as ExperimentAction[]).filter((action) => rules[action].from.includes(state));
}

/** The state that an action leads to; null when it is not allowed in this one. */
export function stateAfter(state: ExperimentState, action: ExperimentAction): ExperimentState | null {
  const { from, to } = rules[action];
  return from.includes(state) ? (to ?? state) : null;
}
