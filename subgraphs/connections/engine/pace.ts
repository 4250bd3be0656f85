import { setTimeout as pause } from 'node:timers/promises';

/** When the next request of each connection may go out, in ms of the process's clock. */
const nextTurn = new Map<string, number>();

/** Waits for a connection's turn, so that it sends no more than so many requests a second. Rejects when aborted. */
export async function takeTurn(connectionId: string, requestsPerSecond: number, signal: AbortSignal): Promise<void> {
  const now = performance.now();
  const turn = Math.max(now, nextTurn.get(connectionId) ?? 0);
  nextTurn.set(connectionId, turn + 1000 / requestsPerSecond);
  if (nextTurn.size > 10_000) forgetPast(now);
  if (turn > now) await pause(turn - now, undefined, { signal });
}

function forgetPast(now: number): void {
  for (const [id, turn] of nextTurn) if (turn < now) nextTurn.delete(id);
}
