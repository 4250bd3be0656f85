import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

/** An error of the REST API. */
export function databricksError(status: number, code: string, message: string, headers = {}): Answer {
  return json({ error_code: code, message }, status, headers);
}

/** What SQL refuses, with status 200. */
export function failedStatement(id: string, message: string): Answer {
  return json({ statement_id: id, status: { state: 'FAILED', error: { error_code: 'BAD_REQUEST', message } } });
}

export function notFoundMessage(table: string): string {
  return `[TABLE_OR_VIEW_NOT_FOUND] The table or view ${table} cannot be found, or you may not see it.`;
}

export const databricksErrors: PlatformErrors = {
  unauthorized: (reason) => databricksError(401, 'UNAUTHENTICATED', `Credential was not accepted (${reason}).`),
  throttled: (_, waitSeconds) =>
    databricksError(429, 'REQUEST_LIMIT_EXCEEDED', 'Too many requests.', { 'retry-after': String(waitSeconds) }),
  failed: (status) => databricksError(status, 'INTERNAL_ERROR', 'Internal error.'),
  notFound: ({ url }) => databricksError(404, 'ENDPOINT_NOT_FOUND', `No API found for ${url.pathname}`),
  forbidden: (table) => failedStatement('01ef-0', notFoundMessage(table)),
  versionOff: (version) => databricksError(410, 'ENDPOINT_NOT_FOUND', `Version ${version} of the API was retired.`),
  // Rows are lost, and nothing but a mark says so.
  tooMuchData: () =>
    json({
      statement_id: '01ef-0',
      status: { state: 'SUCCEEDED' },
      manifest: { format: 'JSON_ARRAY', schema: { column_count: 0, columns: [] }, truncated: true },
    }),
};
