import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '@liftos/core/database/database.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Runtime } from '@liftos/core/runtime.ts';

/**
 * Counts an attempt and throws RATE_LIMITED beyond `limit` in the window. Counting and checking are one statement, so
 * parallel attempts cannot pass together.
 */
export async function throttle(runtime: Runtime, key: string, limit: number, windowSeconds: number): Promise<void> {
  const now = runtime.now();
  const { system } = runtime.database;
  const { rows } = await sql<{ attempts: number; window_ends: Date }>`
    insert into identity.throttle as t (key, window_ends, attempts)
    values (${stored(key)}, ${now}::timestamptz + ${windowSeconds} * interval '1 second', 1)
    on conflict (key) do update set
      attempts = case when t.window_ends <= ${now} then 1 else t.attempts + 1 end,
      window_ends = case when t.window_ends <= ${now} then excluded.window_ends else t.window_ends end
    returning attempts, window_ends`.execute(system);
  const row = rows[0]!;
  // Strangers may type any number of addresses: what is over is not kept.
  if (row.attempts === 1) await forgetBefore(system, now);
  if (row.attempts <= limit) return;
  const retryAfter = Math.max(1, Math.ceil((row.window_ends.getTime() - now.getTime()) / 1000));
  throw new AppError('RATE_LIMITED', 'Too many attempts. Try again later.', { retryAfter });
}

/** Several processes may do so at once: each takes what no other holds. */
async function forgetBefore(system: Database['system'], now: Date): Promise<void> {
  await sql`delete from identity.throttle where key in (
    select key from identity.throttle where window_ends < ${now} limit 1000 for update skip locked)`.execute(system);
}

/** Forgets the attempts of a key after one that was right. */
export async function unthrottle(runtime: Runtime, key: string): Promise<void> {
  await sql`delete from identity.throttle where key = ${stored(key)}`.execute(runtime.database.system);
}

/** Keys hold what strangers typed, which may be longer than an index takes and is none of the database's business. */
function stored(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
