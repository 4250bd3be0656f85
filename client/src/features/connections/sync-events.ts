import { createSignal } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { SyncProgressDocument, type SyncProgressSubscription } from './connections.generated.ts';

export type SyncEvent = SyncProgressSubscription['syncProgress'];

/** The latest step of any sync, or of one connection's. */
export function createSyncEvents(connectionId?: () => string): { latest: () => SyncEvent | undefined } {
  const [latest, setLatest] = createSignal<SyncEvent>();
  createFeed({
    document: SyncProgressDocument,
    variables: () => {
      if (!activity.ready()) return null;
      return connectionId ? { connectionId: connectionId() } : {};
    },
    after: knownSequence,
    sequenceOf: (data) => data.syncProgress.sequence,
    onEvent: (data) => setLatest(data.syncProgress),
  });
  return { latest };
}
