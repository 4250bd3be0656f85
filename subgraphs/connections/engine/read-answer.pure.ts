import type { ApiRequest } from '../platforms/connector.ts';

export type ReadBody = { ok: true; body: unknown } | { ok: false; problem: string };

/**
 * Reads the body of an answer as the request asked for. What is no JSON though it should be is a problem of its own:
 * taken as empty it would silently lose rows.
 */
export function readBody(bytes: Buffer, as: ApiRequest['as'], status: number): ReadBody {
  const text = bytes.toString('utf8');
  if (as === 'text') return { ok: true, body: text };
  if (text.trim() === '') return { ok: true, body: as === 'lines' ? [] : null };
  if (text.trimStart().startsWith('<')) {
    return status >= 400
      ? { ok: true, body: text }
      : { ok: false, problem: 'answered with a web page instead of data' };
  }
  try {
    return { ok: true, body: as === 'lines' ? readLines(text) : JSON.parse(text) };
  } catch {
    if (status >= 400) return { ok: true, body: text };
    return { ok: false, problem: 'answered with JSON that breaks off' };
  }
}

function readLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown);
}
