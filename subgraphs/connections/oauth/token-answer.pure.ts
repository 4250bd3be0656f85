import { AppError } from '@liftos/core/errors.ts';
import type { AuthMethod, Credential, OAuth2Method, TokenAnswer, Values } from '../platforms/auth-method.ts';

/** Reads a token answer, in the platform's way or the standard one. Throws PLATFORM_AUTH when there is no token in it. */
export function readTokenAnswer(
  method: OAuth2Method,
  answer: Record<string, unknown>,
  callback: Values = {},
): TokenAnswer {
  const read = method.readAnswer?.(answer, callback) ?? standardAnswer(answer);
  if (!read.accessToken) throw new AppError('PLATFORM_AUTH', 'The answer of the platform has no token in it.');
  return read;
}

function standardAnswer(answer: Record<string, unknown>): TokenAnswer {
  const life = secondsOf(answer['expires_in']);
  const refreshLife = secondsOf(answer['refresh_token_expires_in']);
  const { access_token: access, refresh_token: refresh, scope } = answer;
  return {
    accessToken: typeof access === 'string' ? access : '',
    ...(typeof refresh === 'string' && refresh !== '' ? { refreshToken: refresh } : {}),
    ...(life === null ? {} : { expiresInSeconds: life }),
    ...(refreshLife === null ? {} : { refreshExpiresInSeconds: refreshLife }),
    ...(typeof scope === 'string' ? { scopes: scope.split(/[\s,]+/).filter(Boolean) } : {}),
  };
}

function secondsOf(value: unknown): number | null {
  const seconds = typeof value === 'string' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

/** A credential after a token answer; what the answer does not say stays as it was. */
export function withAnswer(method: AuthMethod, before: Credential, answer: TokenAnswer, now: Date): Credential {
  const { expiresAt: _, ...rest } = before;
  const usual = method.kind === 'oauth2' ? method.usualLifeSeconds : null;
  const life = answer.expiresInSeconds ?? usual;
  const consentEndsAt = consentEnd(method, before, answer, now);
  return {
    ...rest,
    accessToken: answer.accessToken,
    extra: { ...before.extra, ...answer.extra },
    ...(answer.refreshToken ? { refreshToken: answer.refreshToken } : {}),
    ...(life === null ? {} : { expiresAt: after(now, life) }),
    ...(consentEndsAt === undefined ? {} : { consentEndsAt }),
    ...(answer.scopes ? { scopes: answer.scopes } : {}),
  };
}

function consentEnd(method: AuthMethod, before: Credential, answer: TokenAnswer, now: Date): string | undefined {
  if (answer.refreshExpiresInSeconds !== undefined) return after(now, answer.refreshExpiresInSeconds);
  if (before.consentEndsAt !== undefined) return before.consentEndsAt;
  if (method.kind !== 'oauth2' || method.consentDays === undefined) return undefined;
  return after(now, method.consentDays * 86_400);
}

function after(now: Date, seconds: number): string {
  return new Date(now.getTime() + seconds * 1000).toISOString();
}
