import type { Scope } from '../language/evaluate.pure.ts';
import type { Account, Answer, Slice, Target } from '../../platforms/connector.ts';

/** What all expressions know: settings, what the platform said with the token, and the version. */
export function targetScope({ settings, extra, version }: Target, names: Record<string, unknown> = {}): Scope {
  return { names: { settings, extra, version, ...names }, timeZone: 'UTC', currency: '', nameOf: () => null };
}

/** Where a page is. */
export interface PageNames {
  size: number;
  cursor?: unknown;
  number?: number;
  offset?: number;
}

/** What a request of a slice knows. */
export function sliceScope(slice: Slice, names: Record<string, unknown> = {}): Scope {
  const { account, from, to, since, until, now } = slice;
  return {
    names: {
      settings: slice.settings,
      extra: slice.extra,
      version: slice.version,
      now,
      slice: { from, to, since, until },
      account: accountNames(account),
      ...names,
    },
    timeZone: account.timeZone,
    currency: account.currency,
    nameOf: (type, id) => slice.nameOf(type, id),
  };
}

function accountNames({ id, name, currency, timeZone, extra }: Account): Record<string, unknown> {
  return { id, name, currency, time_zone: timeZone, extra: extra ?? {} };
}

/** What an answer adds to the names. */
export function answerNames({ body, headers, status }: Answer): Record<string, unknown> {
  return { body, headers, status };
}

/** Names with an answer and nothing else, e.g. for what it means. */
export function statusScope(answer: Answer): Scope {
  return { names: answerNames(answer), timeZone: 'UTC', currency: '', nameOf: () => null };
}
