import type { Kysely } from 'kysely';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { channel } from './channel.ts';
import { eventsAfter, lastSequence, reviveEvent, type EventTables, type StoredEvent } from './events.ts';
import { Queue } from './queue.ts';

export interface LiveEventOptions {
  topics?: readonly string[];
  /** Replay everything after this number first; only what is new when absent. */
  after?: number | null | undefined;
  filter?: (event: StoredEvent) => boolean;
}

/** How many events of a gap are read at a time. */
const pageSize = 500;

/** More waiting events than this and the reader is told to come back with its cursor. */
const queueLimit = 1000;

/** A store poll in case a message of the bus was lost. */
const pollMillis = 5000;

/**
 * The organisation's events, each exactly once and in order: first those after `after` from the store, then live ones.
 * A gap in the numbers, such as a lost message leaves, is filled from the store.
 * Ends when the context's signal aborts or the reader returns. Throws UNAVAILABLE with `resumeAfter` when the reader
 * falls too far behind.
 */
export async function* liveEvents(context: Context, options: LiveEventOptions = {}): AsyncGenerator<StoredEvent> {
  const queue = new Queue<StoredEvent | 'poll'>(queueLimit);
  const unsubscribe = context.runtime.bus.subscribe(channel.events(context.organizationId), (message) =>
    queue.push(reviveEvent(message)),
  );
  const poll = setInterval(() => queue.pushIfEmpty('poll'), pollMillis);
  const stop = (): void => queue.end();
  context.signal.addEventListener('abort', stop, { once: true });
  const wanted = (event: StoredEvent): boolean =>
    (options.topics?.includes(event.topic) ?? true) && (options.filter?.(event) ?? true);
  try {
    const head = await lastSequence(context);
    // A number from the future, such as an older backup leaves with clients, counts as now.
    let last = Math.min(options.after ?? head, head);
    for await (const event of storedAfter(context, last)) {
      last = event.sequence;
      if (wanted(event)) yield event;
    }
    for await (const item of queue) {
      const missed = item === 'poll' || item.sequence > last + 1;
      for await (const event of missed ? storedAfter(context, last) : [item]) {
        if (event.sequence <= last) continue;
        last = event.sequence;
        if (wanted(event)) yield event;
      }
      if (queue.overflowed)
        throw new AppError('UNAVAILABLE', 'Too far behind; subscribe again.', { resumeAfter: last });
    }
  } finally {
    clearInterval(poll);
    unsubscribe();
    context.signal.removeEventListener('abort', stop);
  }
}

/** What the store has after a number, page by page. */
async function* storedAfter(context: Context, after: number): AsyncGenerator<StoredEvent> {
  let last = after;
  for (;;) {
    const page = await eventsAfter(context.db as Kysely<EventTables>, last, pageSize);
    yield* page;
    if (page.length < pageSize) return;
    last = page.at(-1)?.sequence ?? last;
  }
}
