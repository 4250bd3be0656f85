import type { TypedDocumentNode } from '@urql/core';
import { batch, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { createStore, produce, reconcile } from 'solid-js/store';
import { client } from './client.ts';
import { type Failure, RequestError, readFailure } from './failure.ts';
import { live } from './live.ts';

/** A query that follows its variables. Old data stays while new data is on its way. */
export interface Query<Data> {
  data(): Data | undefined;
  failure(): Failure | undefined;
  /** Waiting without anything to show. */
  loading(): boolean;
  /** Waiting while older data is shown. */
  refreshing(): boolean;
  refetch(): void;
  /** Changes the shown data in place, e.g. by a live event. */
  patch(change: (data: Data) => void): void;
}

/**
 * Asks whenever the variables change; the last question wins. Variables of `null` ask nothing.
 */
export function createQuery<Data extends object, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: () => Variables | null,
): Query<Data> {
  const [store, setStore] = createStore<{ data: Data | undefined }>({ data: undefined });
  const [failure, setFailure] = createSignal<Failure>();
  const [waiting, setWaiting] = createSignal(true);
  const [round, setRound] = createSignal(0);
  let stop: (() => void) | undefined;

  const ask = (values: Variables, again: boolean): void => {
    setWaiting(true);
    const source = client().query<Data, object>(document, values, {
      requestPolicy: again ? 'network-only' : 'cache-and-network',
    });
    const { unsubscribe } = source.subscribe((result) => {
      batch(() => {
        if (!result.stale) setWaiting(false);
        setFailure(result.error ? readFailure(result.error) : undefined);
        // A copy, because reconcile changes what it is given and the cache must keep its own.
        if (result.data) setStore('data', reconcile(structuredClone<Data>(result.data), { key: 'id' }));
      });
    });
    stop = unsubscribe;
  };

  createEffect(
    on([() => JSON.stringify(variables()), round], ([text, count], previous) => {
      stop?.();
      const values = JSON.parse(text) as Variables | null;
      if (values) ask(values, previous !== undefined && previous[1] !== count);
      else setWaiting(false);
    }),
  );
  // What failed because the server was away is asked again when it is back.
  createEffect(
    on(live.returns, () => failure()?.code === 'NETWORK' && setRound((count) => count + 1), { defer: true }),
  );
  onCleanup(() => stop?.());

  return {
    data: () => store.data,
    failure,
    loading: () => waiting() && store.data === undefined,
    refreshing: () => waiting() && store.data !== undefined,
    refetch: () => setRound((count) => count + 1),
    patch: (change) => {
      if (store.data) setStore('data', produce(change as (data: Data | undefined) => void));
    },
  };
}

/** Sends a mutation. Throws `RequestError`. Queries that mention the changed types ask again by themselves. */
export async function mutate<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const result = await client().mutation<Data, object>(document, variables).toPromise();
  if (result.error || !result.data) throw new RequestError(readFailure(result.error));
  return result.data;
}

/** Sends a query once and past the cache. Throws `RequestError`. */
export async function fetchOnce<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const result = await client().query<Data, object>(document, variables, { requestPolicy: 'network-only' }).toPromise();
  if (result.error || !result.data) throw new RequestError(readFailure(result.error));
  return result.data;
}

/** Something a button starts: whether it runs and how it failed. */
export interface Action<Args extends unknown[]> {
  run(...args: Args): Promise<boolean>;
  pending(): boolean;
  failure(): Failure | undefined;
  clear(): void;
}

/** Wraps work so that a second click waits for the first and failures can be shown. `run` says whether it worked. */
export function createAction<Args extends unknown[]>(work: (...args: Args) => Promise<unknown>): Action<Args> {
  const [pending, setPending] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure>();
  return {
    pending,
    failure,
    clear: () => setFailure(undefined),
    async run(...args) {
      if (pending()) return false;
      batch(() => {
        setPending(true);
        setFailure(undefined);
      });
      try {
        await work(...args);
        return true;
      } catch (error) {
        setFailure(readFailure(error));
        return false;
      } finally {
        setPending(false);
      }
    },
  };
}
