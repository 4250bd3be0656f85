import type { GraphQLFormattedError } from 'graphql';
import type { Principal } from '@liftos/core/context.ts';
import { openChannel, type Channel, type ChannelOptions, type Listener } from './channel.ts';

export interface LiveRequest extends Omit<ChannelOptions, 'after'> {
  text: string;
  operationName?: string;
}

/** Prepares the same text for another schema; gives errors when it no longer fits. */
export type Replan = (
  request: LiveRequest,
) => Pick<ChannelOptions, 'operation' | 'variables'> | GraphQLFormattedError[];

/** All open subscriptions of a gateway. What is the same for several clients runs once. */
export interface Hub {
  /** Begins telling `listener`; the result ends it. */
  subscribe(request: LiveRequest, listener: Listener): () => void;
  /** After a change of the schema: every subscription goes on with a new plan. */
  replan(replan: Replan): void;
  /** Subscriptions upstream. */
  readonly channels: number;
  close(): void;
}

/** Callers who see the same: one organisation, the same rights. Unless it is personal, then nobody else. */
export function audienceOf({ kind, organizationId, role, scopes }: Principal): string {
  return JSON.stringify([kind, organizationId, role ?? '', [...scopes].sort()]);
}

interface Tail {
  request: LiveRequest;
  channel: Channel;
  listeners: Set<Listener>;
}

/** Events of the shared tail kept for a client that is still reading what it missed. */
const mostPending = 1000;

export function createHub(): Hub {
  const tails = new Map<string, Tail>();
  const replays = new Set<{ request: LiveRequest; channel: Channel; listener: Listener }>();

  const join = (request: LiveRequest, listener: Listener): (() => void) => {
    const key = tailKey(request);
    const tail = tails.get(key) ?? openTail(tails, key, request);
    tail.listeners.add(listener);
    return () => {
      tail.listeners.delete(listener);
      if (tail.listeners.size > 0) return;
      tail.channel.close();
      if (tails.get(key) === tail) tails.delete(key);
    };
  };

  const replay = (request: LiveRequest, after: number, listener: Listener): (() => void) => {
    const entry = { request, listener, channel: openChannel({ ...request, after }, listener) };
    replays.add(entry);
    void entry.channel.ended.finally(() => replays.delete(entry));
    return () => {
      entry.channel.close();
      replays.delete(entry);
    };
  };

  return {
    subscribe(request, listener) {
      const plan = request.operation.live;
      const after = plan?.after(request.variables);
      if (after === undefined || !plan?.resumes) return join(request, listener);
      if (!plan.sequenced) return replay(request, after, listener);
      return catchUp(request, after, listener, join, replay);
    },
    replan(prepare) {
      for (const { request, channel, listeners } of tails.values()) {
        renew(prepare, request, channel, (errors) => listeners.forEach((listener) => listener.error(errors)));
      }
      for (const { request, channel, listener } of replays) {
        renew(prepare, request, channel, (errors) => listener.error(errors));
      }
    },
    get channels() {
      return tails.size + replays.size;
    },
    close() {
      for (const { channel } of tails.values()) channel.close();
      for (const { channel } of replays) channel.close();
      tails.clear();
      replays.clear();
    },
  };
}

function tailKey({ text, operationName, operation, variables, context }: LiveRequest): string {
  const given = operation.live?.variables.map((name) => [name, variables[name]]);
  const person = operation.isPersonal ? context.principal.id : '';
  return JSON.stringify([audienceOf(context.principal), person, operationName, text, given]);
}

function openTail(tails: Map<string, Tail>, key: string, request: LiveRequest): Tail {
  const listeners = new Set<Listener>();
  const forget = (): void => void (tails.get(key) === tail && tails.delete(key));
  const channel = openChannel(
    { ...request, after: undefined },
    {
      next(payload, sequence) {
        for (const listener of listeners) listener.next(payload, sequence);
      },
      complete() {
        forget();
        for (const listener of listeners) listener.complete();
      },
      error(errors) {
        forget();
        for (const listener of listeners) listener.error(errors);
      },
    },
  );
  const tail: Tail = { request, channel, listeners };
  tails.set(key, tail);
  return tail;
}

function renew(
  replan: Replan,
  request: LiveRequest,
  channel: Channel,
  refuse: (errors: GraphQLFormattedError[]) => void,
): void {
  const next = replan(request);
  if (Array.isArray(next)) {
    channel.close();
    refuse(next);
    return;
  }
  Object.assign(request, next);
  channel.replace(next.operation, next.variables);
}

/**
 * Tells what came after a sequence number, then what comes: reads the past on its own, listens to the shared tail at
 * the same time, and changes over at the first event that both have seen. Nothing is lost, nothing told twice.
 */
function catchUp(
  request: LiveRequest,
  after: number,
  listener: Listener,
  join: (request: LiveRequest, listener: Listener) => () => void,
  replay: (request: LiveRequest, after: number, listener: Listener) => () => void,
): () => void {
  let last = after;
  let live = false;
  let pending: { payload: string; sequence: number }[] = [];
  const tell = (payload: string, sequence: number): void => {
    if (sequence <= last) return;
    last = sequence;
    listener.next(payload, sequence);
  };
  const leaveTail = join(request, {
    ...forward(listener),
    next(payload, sequence) {
      if (sequence === undefined) return;
      if (live) return tell(payload, sequence);
      pending.push({ payload, sequence });
      if (pending.length > mostPending) pending.shift();
    },
  });
  const stopReplay = replay(request, after, {
    ...forward(listener),
    next(payload, sequence) {
      if (sequence === undefined || live) return;
      tell(payload, sequence);
      if (!pending[0] || pending[0].sequence > sequence) return;
      live = true;
      for (const one of pending) tell(one.payload, one.sequence);
      pending = [];
      // Not within its own call, which may still be under way.
      queueMicrotask(() => stopReplay());
    },
  });
  return () => {
    leaveTail();
    stopReplay();
  };
}

function forward(listener: Listener): Omit<Listener, 'next'> {
  return { complete: () => listener.complete(), error: (errors) => listener.error(errors) };
}
