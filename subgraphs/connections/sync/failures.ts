import type { Context } from '@liftos/core/context.ts';
import { isAppError } from '@liftos/core/errors.ts';
import { Postpone } from '@liftos/core/jobs/define-job.ts';
import { isPlatformFailure } from '../engine/platform-failure.ts';
import type { Failure } from '../platforms/connector.ts';
import { holdConnection } from './hold.ts';

/** Waits at a rate limit of which the platform does not say how long. */
const usualWaitSeconds = 60;

/** What an error says of the platform; null for errors of our own. */
export function failureOf(error: unknown): Failure | null {
  if (isPlatformFailure(error)) return error.failure;
  if (!isAppError(error)) return null;
  if (error.code === 'PLATFORM_AUTH') return { class: 'auth', message: error.message };
  return error.code === 'PLATFORM_UNAVAILABLE' ? { class: 'transient', message: error.message } : null;
}

/** Asks all workers to leave a platform alone that limits us; what is to be thrown to go on afterwards. */
export async function leaveAlone(
  context: Context,
  connectionId: string,
  { waitSeconds = usualWaitSeconds, message }: Failure,
): Promise<Postpone> {
  return new Postpone(await holdConnection(context, connectionId, waitSeconds, message), message);
}
