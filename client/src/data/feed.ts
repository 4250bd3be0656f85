import { type TypedDocumentNode, stringifyDocument } from '@urql/core';
import { batch, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { type Failure, fromServerError } from './failure.ts';
import { live, liveClient, noteEvent, noteWaiting, waitToRetry } from './live.ts';
import { makeSequenceCursor } from './sequence.ts';

export interface FeedOptions<Data, Variables> {
  document: TypedDocumentNode<Data, Variables>;
  /** `null` subscribes to nothing. `after` is filled in by the feed. */
  variables: () => Omit<Variables, 'after'> | null;
  /** The number of an event; leave out where events have none. */
  sequenceOf?: (data: Data) => number;
  /** The last event already known, e.g. from a query. */
  after?: () => number | undefined;
  onEvent: (data: Data) => void;
}

/** Anything that arrives while live data is paused waits here. */
function makeGate<Data>(deliver: (data: Data) => void): (data: Data) => void {
  let held: Data[] = [];
  const release = (): void => {
    const due = held;
    held = [];
    noteWaiting(-due.length);
    batch(() => due.forEach(deliver));
  };
  createEffect(on(live.paused, (paused) => !paused && held.length > 0 && release()));
  onCleanup(() => noteWaiting(-held.length));
  return (data) => {
    if (!live.paused()) return deliver(data);
    held.push(data);
    noteWaiting(1);
  };
}

type Sink<Data> = Parameters<ReturnType<typeof liveClient>['subscribe']>[1] & {
  next(value: { data?: Data | null }): void;
};

/**
 * Subscribes while its owner lives. Across lost connections the cursor moves on by itself: the payload is read again
 * for each attempt, and what comes twice is dropped.
 */
export function createFeed<Data, Variables extends object>(
  options: FeedOptions<Data, Variables>,
): {
  failure: () => Failure | undefined;
} {
  const [failure, setFailure] = createSignal<Failure>();
  const query = stringifyDocument(options.document);
  const deliver = makeGate(options.onEvent);

  const open = (fixed: object): (() => void) => {
    const cursor = makeSequenceCursor(options.after?.());
    let attempts = 0;
    let ended = false;
    let stop: (() => void) | undefined;
    const payload = {
      query,
      get variables(): Record<string, unknown> {
        return options.sequenceOf ? { ...fixed, after: cursor.last() ?? null } : { ...fixed };
      },
    };
    const again = (): void => {
      if (!ended) void waitToRetry(attempts++).then(() => !ended && subscribe());
    };
    const sink: Sink<Data> = {
      next: ({ data }) => {
        attempts = 0;
        if (!data || ended || (options.sequenceOf && !cursor.take(options.sequenceOf(data as Data)))) return;
        noteEvent();
        deliver(data as Data);
      },
      // The server refused the subscription itself, or the connection for good: the first is shown, the second retried.
      error: (error) => {
        if (Array.isArray(error) && error[0]) setFailure(fromServerError(error[0]));
        else again();
      },
      complete: again,
    };
    const subscribe = (): void => {
      stop = liveClient().subscribe(payload, sink);
    };
    subscribe();
    return () => {
      ended = true;
      stop?.();
    };
  };

  createEffect(
    on(
      () => JSON.stringify(options.variables()),
      (text) => {
        setFailure(undefined);
        const fixed = JSON.parse(text) as object | null;
        if (fixed) onCleanup(open(fixed));
      },
    ),
  );
  return { failure };
}
