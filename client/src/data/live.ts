import { type Client, createClient } from 'graphql-ws';
import { createSignal } from 'solid-js';
import { retryDelay } from './retry-delay.ts';
import { accessToken, refreshSession } from './session.ts';

/** How the connection for live events is. `retryAt` is the instant of the next attempt. */
export interface LiveState {
  kind: 'idle' | 'connecting' | 'live' | 'reconnecting' | 'offline';
  retryAt?: number;
}

const [state, setState] = createSignal<LiveState>({ kind: 'idle' });
const [paused, setPaused] = createSignal(false);
const [waiting, setWaiting] = createSignal(0);
const [received, setReceived] = createSignal(0);
const [lastEventAt, setLastEventAt] = createSignal<number>();
const [returns, setReturns] = createSignal(0);

/** State of live data, for the pill in the top bar. `returns` counts how often a lost connection came back. */
export const live = { state, paused, setPaused, waiting, received, lastEventAt, returns };

/** Counts one event that arrived. */
export function noteEvent(): void {
  setReceived((count) => count + 1);
  setLastEventAt(Date.now());
}

/** Changes the number of events held back while paused. */
export function noteWaiting(change: number): void {
  setWaiting((count) => count + change);
}

let hurry: (() => void) | undefined;

/** Ends the wait for the next attempt. */
export function retryNow(): void {
  hurry?.();
}

/** Waits before attempt number `attempt`; ends early when asked or when the network comes back. */
export async function waitToRetry(attempt: number): Promise<void> {
  const millis = retryDelay(attempt, Math.random());
  setState(navigator.onLine ? { kind: 'reconnecting', retryAt: Date.now() + millis } : { kind: 'offline' });
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener('online', done);
      hurry = undefined;
      resolve();
    };
    const timer = setTimeout(done, millis);
    hurry = done;
    addEventListener('online', done);
  });
}

// Close codes by which the server says that the token is no longer good.
const tokenCodes = new Set([4401, 4403]);

function makeLiveClient(): Client {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return createClient({
    url: url.href,
    lazy: true,
    lazyCloseTimeout: 2_000,
    keepAlive: 12_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: waitToRetry,
    connectionParams: async () => ({ authorization: `Bearer ${(await accessToken()) ?? ''}` }),
    on: {
      connecting: () => setState({ kind: 'connecting' }),
      connected: (_socket, _payload, wasRetry) => {
        setState({ kind: 'live' });
        if (wasRetry) setReturns((count) => count + 1);
      },
      closed: (event) => {
        const { code, wasClean } = event as CloseEvent;
        if (tokenCodes.has(code)) void refreshSession();
        if (code === 1000 && wasClean) setState({ kind: 'idle' });
      },
    },
  });
}

let current: Client | undefined;

/** The one connection for live events; made on first use. */
export function liveClient(): Client {
  current ??= makeLiveClient();
  return current;
}

/** Closes the connection, e.g. after signing out. */
export function closeLive(): void {
  // Closing before the greeting is over rejects; nobody waits for it any more.
  void Promise.resolve(current?.dispose()).catch(() => undefined);
  current = undefined;
  setState({ kind: 'idle' });
}

addEventListener('offline', () => setState({ kind: 'offline' }));
