import type { Tone } from '../../../ui/badge.tsx';
import type { CheckState, IntegrationPart, IntegrationScope, IntegrationState } from './integration.generated.ts';

interface Look {
  tone: Tone;
  label: string;
  busy?: boolean;
}

export const runStates: Record<IntegrationState, Look> = {
  QUEUED: { tone: 'info', label: 'Queued', busy: true },
  RUNNING: { tone: 'info', label: 'Running', busy: true },
  PASSED: { tone: 'ok', label: 'Passed' },
  WARNING: { tone: 'warn', label: 'To look at' },
  FAILED: { tone: 'error', label: 'Failed' },
  CANCELLED: { tone: 'neutral', label: 'Cancelled' },
};

export const checkStates: Record<CheckState, Look> = {
  PASSED: { tone: 'ok', label: 'Passed' },
  WARNING: { tone: 'warn', label: 'To look at' },
  FAILED: { tone: 'error', label: 'Failed' },
  SKIPPED: { tone: 'neutral', label: 'Left out' },
};

export const parts: Record<IntegrationPart, string> = {
  CONNECTION: 'Connection',
  QUALITY: 'Data',
  HEALTH: 'Health',
  SOURCES: 'Kinds of source',
};

export const scopes: Record<IntegrationScope, { label: string; text: string }> = {
  SUITE: { label: 'Full suite', text: 'All connections, their data, their health, and how sources are told apart.' },
  ALL: { label: 'All connections', text: 'Whether each can be reached, lets us in and delivers.' },
  CONNECTION: { label: 'One connection', text: 'The same for one of them.' },
};

export function isTesting(state: IntegrationState): boolean {
  return state === 'QUEUED' || state === 'RUNNING';
}
