import type { Answer, Failure, FailureClass, LiveConnector } from '../platforms/connector.ts';

/**
 * What an answer means: the platform's own rules first, then the usual meaning of its status. Null for a success.
 * @param name of the platform, for messages
 */
export function classify(answer: Answer, connector: Pick<LiveConnector, 'classify'>, name: string): Failure | null {
  return connector.classify(answer) ?? usualMeaning(answer, name);
}

const meanings: ReadonlyMap<number, FailureClass> = new Map([
  [401, 'auth'],
  [403, 'permission'],
  [408, 'transient'],
  [410, 'version_sunset'],
  [413, 'too_much_data'],
  [425, 'transient'],
  [426, 'version_sunset'],
  [429, 'rate_limit'],
]);

function usualMeaning({ status, headers, body }: Answer, name: string): Failure | null {
  if (status < 300 || status === 304) return null;
  if (status < 400) return { class: 'transient', message: `${name} sends us elsewhere (${status}).` };
  const message = `${name} answered ${status}${describe(body)}.`;
  const failureClass = meanings.get(status) ?? (status >= 500 ? 'transient' : 'bad_request');
  return { class: failureClass, message, ...waitOf(headers) };
}

/** Seconds in `Retry-After`; dates are rare and left out. */
function waitOf(headers: Answer['headers']): { waitSeconds?: number } {
  const seconds = Number(headers['retry-after']);
  return headers['retry-after'] !== undefined && Number.isFinite(seconds) ? { waitSeconds: Math.max(0, seconds) } : {};
}

/** The first thing in an error body that is meant for people. */
function describe(body: unknown): string {
  const message = messageIn(body, 0);
  return message === null ? '' : `: ${message.slice(0, 300)}`;
}

const names = ['message', 'error_description', 'detail', 'title', 'error', 'errors', 'reason', 'code'];

function messageIn(body: unknown, depth: number): string | null {
  if (typeof body === 'string') return depth === 0 && body.trimStart().startsWith('<') ? null : body.trim() || null;
  if (depth > 3 || typeof body !== 'object' || body === null) return null;
  if (Array.isArray(body)) return messageIn(body[0], depth + 1);
  for (const name of names) {
    const found = messageIn((body as Record<string, unknown>)[name], depth + 1);
    if (found) return found;
  }
  return null;
}
