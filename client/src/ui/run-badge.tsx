import { Badge, type Tone } from './badge.tsx';
import { percent } from './format.ts';

/** How far something that is computed in the background has come. */
export interface RunProgress {
  readonly state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  /** 0 to 1. */
  readonly progress: number;
}

const looks: Record<RunProgress['state'], { tone: Tone; label: string }> = {
  QUEUED: { tone: 'info', label: 'Queued' },
  RUNNING: { tone: 'info', label: 'Running' },
  SUCCEEDED: { tone: 'ok', label: 'Done' },
  FAILED: { tone: 'error', label: 'Failed' },
  CANCELLED: { tone: 'neutral', label: 'Cancelled' },
};

/** Whether a run has not ended. */
export function isGoing({ state }: RunProgress): boolean {
  return state === 'QUEUED' || state === 'RUNNING';
}

export function RunBadge(props: { run: RunProgress }) {
  return (
    <Badge tone={looks[props.run.state].tone} busy={isGoing(props.run)}>
      {props.run.state === 'RUNNING' ? percent(props.run.progress, 0) : looks[props.run.state].label}
    </Badge>
  );
}
