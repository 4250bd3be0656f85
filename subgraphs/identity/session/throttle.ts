import { sql } from 'kysely';
import { AppError } from '@liftos/core/errors.ts';
import type { Runtime } from '@liftos/core/runtime.ts';

/**
 * Counts an attempt and throws RATE_LIMITED beyond `limit` in the window. Counting and checking are one statement, so
 * parallel attempts cannot pass together.
 */
export async function throttle(runtime: Runtime, key: string, limit: number, windowSeconds: number): Promise<void> {
  const now = runtime.now();
  const { rows } = await sql<{ attempts: number; window_ends: Date }>`
    insert into identity.throttle as t (key, window_ends, attempts)
    values (${key}, ${now}::timestamptz + ${windowSeconds} * interval '1 second', 1)
    on conflict (key) do update set
      attempts = case when t.window_ends <= ${now} then 1 else t.attempts + 1 end,
      window_ends = case when t.window_ends <= ${now} then excluded.window_ends else t.window_ends end
    returning attempts, window_ends`.execute(runtime.database.system);
  const row = rows[0]!;
  if (row.attempts <= limit) return;
  const retryAfter = Math.max(1, Math.ceil((row.window_ends.getTime() - now.getTime()) / 1000));
  throw new AppError('RATE_LIMITED', 'Too many attempts. Try again later.', { retryAfter });
}

/** Forgets the attempts of a key after one that was right. */
export async function unthrottle(runtime: Runtime, key: string): Promise<void> {
  await sql`delete from identity.throttle where key = ${key}`.execute(runtime.database.system);
}
