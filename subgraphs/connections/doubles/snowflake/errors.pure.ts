import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

/** An error of the SQL API. */
export function snowflakeError(status: number, code: string, message: string, sqlState = '42601'): Answer {
  return json({ code, message, sqlState }, status);
}

export const snowflakeErrors: PlatformErrors = {
  unauthorized: (reason) =>
    reason === 'expired'
      ? snowflakeError(401, '390318', 'OAuth access token expired.', '08001')
      : snowflakeError(401, '390144', `JWT token is invalid (${reason}).`, '08001'),
  throttled: () => snowflakeError(429, '429', 'Too many requests.', '08001'),
  failed: (status) => snowflakeError(status, '000000', 'Service is unavailable.', '08001'),
  notFound: ({ url }) => snowflakeError(404, '390404', `There is nothing at ${url.pathname}.`, '02000'),
  forbidden: (table) =>
    snowflakeError(422, '002003', `SQL compilation error:\nObject '${table}' does not exist or not authorized.`),
  versionOff: (version) => snowflakeError(410, '390400', `Version ${version} of the SQL API was retired.`, '08001'),
  tooMuchData: () =>
    snowflakeError(422, '000630', 'Statement reached its statement or warehouse timeout of 600 second(s).', '57014'),
};
