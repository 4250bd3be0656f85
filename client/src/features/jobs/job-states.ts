import type { Tone } from '../../ui/badge.tsx';
import type { JobState } from './jobs.generated.ts';

export const jobStates: Record<JobState, { tone: Tone; label: string; busy?: boolean }> = {
  QUEUED: { tone: 'neutral', label: 'Queued' },
  RUNNING: { tone: 'info', label: 'Running', busy: true },
  RETRYING: { tone: 'warn', label: 'Retrying' },
  SUCCEEDED: { tone: 'ok', label: 'Succeeded' },
  FAILED: { tone: 'error', label: 'Failed' },
  CANCELLED: { tone: 'neutral', label: 'Cancelled' },
};

export const allStates = Object.keys(jobStates) as JobState[];

/** States as they stand in the address, `FAILED.RETRYING`; unknown ones are left out. */
export function readStates(text: string | undefined): JobState[] {
  const asked = (text ?? '').toUpperCase().split('.');
  return allStates.filter((state) => asked.includes(state));
}
