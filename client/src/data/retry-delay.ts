/**
 * Milliseconds to wait before attempt number `attempt` (from 0): doubles from half a second to at most 20 seconds,
 * with half of it left to chance, so that many clients do not come back at the same instant.
 */
export function retryDelay(attempt: number, random: number): number {
  const full = Math.min(20_000, 500 * 2 ** Math.min(attempt, 10));
  return Math.round(full / 2 + (full / 2) * random);
}
