import type { Tone } from '../../ui/badge.tsx';
import type {
  AuthState,
  ConnectionActivity,
  DataMode,
  HealthLevel,
  SyncResult,
  SyncState,
} from './connections.generated.ts';

interface Look {
  tone: Tone;
  label: string;
  busy?: boolean;
}

/** How the last sync ended. Never synced is not green. */
export const results: Record<SyncResult, Look> = {
  NEVER: { tone: 'neutral', label: 'Never synced' },
  SUCCEEDED: { tone: 'ok', label: 'Succeeded' },
  PARTIAL: { tone: 'warn', label: 'Partial' },
  FAILED: { tone: 'error', label: 'Failed' },
  CANCELLED: { tone: 'neutral', label: 'Cancelled' },
};

/** What goes on right now, kept apart from how the last sync ended. */
export const activities: Record<ConnectionActivity, Look> = {
  IDLE: { tone: 'neutral', label: 'Idle' },
  QUEUED: { tone: 'info', label: 'Queued', busy: true },
  SYNCING: { tone: 'info', label: 'Syncing', busy: true },
};

export const syncStates: Record<SyncState, Look> = {
  QUEUED: { tone: 'info', label: 'Queued', busy: true },
  RUNNING: { tone: 'info', label: 'Running', busy: true },
  SUCCEEDED: { tone: 'ok', label: 'Succeeded' },
  PARTIAL: { tone: 'warn', label: 'Partial' },
  FAILED: { tone: 'error', label: 'Failed' },
  CANCELLED: { tone: 'neutral', label: 'Cancelled' },
  SPLIT: { tone: 'neutral', label: 'Cut smaller' },
};

export const modes: Record<DataMode, Look> = {
  AUTO: { tone: 'accent', label: 'Auto' },
  LIVE: { tone: 'accent', label: 'Live' },
  HYBRID: { tone: 'accent', label: 'Hybrid' },
  MOCK: { tone: 'warn', label: 'Mock' },
  FILE: { tone: 'neutral', label: 'File' },
};

/** Whether the platform lets the connection in. */
export const authStates: Record<AuthState, Look> = {
  NONE: { tone: 'neutral', label: 'No access needed' },
  OK: { tone: 'ok', label: 'Access granted' },
  EXPIRING: { tone: 'warn', label: 'Access ends soon' },
  BROKEN: { tone: 'error', label: 'Access refused' },
};

/** How well a source works over the last days. */
export const healthLevels: Record<HealthLevel, Look> = {
  UNKNOWN: { tone: 'neutral', label: 'Unknown' },
  HEALTHY: { tone: 'ok', label: 'Healthy' },
  DEGRADED: { tone: 'warn', label: 'Degraded' },
  FAILING: { tone: 'error', label: 'Failing' },
};

export function isRunning(state: SyncState): boolean {
  return state === 'QUEUED' || state === 'RUNNING';
}
