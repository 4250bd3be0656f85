import { isCurrencyCode } from '../../csv/currency.pure.ts';
import { PlatformFailure } from '../../engine/platform-failure.ts';
import type { Account, Answer, Api, ApiRequest, Target } from '../../platforms/connector.ts';
import { evaluate, isTrue, type Scope } from '../language/evaluate.pure.ts';
import { parseExpression } from '../language/expression.pure.ts';
import { compileTemplate } from '../language/template.pure.ts';
import { plainText } from '../language/values.pure.ts';
import type { Manifest } from '../manifest/schema.pure.ts';
import { failing } from './failing.pure.ts';
import { compileRequest } from './request.pure.ts';
import { statusScope, targetScope } from './scope.pure.ts';
import { compileCondition, compileExpression, listFrom } from './values.pure.ts';

type Declared = Manifest['accounts'];

/** More pages of accounts than this are a mistake in the manifest. */
const mostPages = 50;

/** What the connection can see: one account that is declared, or those that a request lists. */
export function compileAccounts(accounts: Declared, platform: string, base: (target: Target) => string) {
  const account = compileAccount(accounts, platform);
  const request = accounts.request && compileRequest(accounts.request);
  if (!request) return async (api: Api): Promise<Account[]> => [account(targetScope(api, { row: null, now: api.now }))];
  const rows = accounts.rows === undefined ? null : compileExpression(accounts.rows);
  const wanted = compileCondition(accounts.where);
  const next = accounts.next_link === undefined ? null : compileExpression(accounts.next_link);
  const accountsIn = (answer: Answer, api: Api): Account[] =>
    (rows ? listFrom(rows(statusScope(answer))) : [answer.body])
      .map((row) => targetScope(api, { row, now: api.now }))
      .filter((scope) => wanted(scope))
      .map((scope) => account(scope));
  return async (api: Api): Promise<Account[]> => {
    const first = request(targetScope(api));
    const found: Account[] = [];
    let coming: ApiRequest | null = first;
    for (let page = 0; coming !== null; page += 1) {
      if (page === mostPages) throw tooMany();
      const answer: Answer = await api.call(coming);
      found.push(...failing('accounts', () => accountsIn(answer, api)));
      const link = plainText(next?.(statusScope(answer)));
      if (link !== '' && !URL.canParse(link, `${base(api)}/`)) throw wrong('next page', link);
      coming = link === '' ? null : { ...first, url: new URL(link, `${base(api)}/`).href, query: {} };
    }
    return found;
  };
}

function tooMany(): PlatformFailure {
  return new PlatformFailure({ class: 'bad_request', message: `The accounts have more than ${mostPages} pages.` });
}

function compileAccount(accounts: Declared, platform: string): (scope: Scope) => Account {
  const id = compileTemplate(accounts.id);
  const name = compileTemplate(accounts.name ?? platform);
  const currency = compileTemplate(accounts.currency ?? '');
  const timeZone = compileTemplate(accounts.time_zone ?? 'UTC');
  const forbidden = accounts.forbidden === undefined ? null : parseExpression(accounts.forbidden);
  const extra = Object.entries(accounts.extra ?? {}).map(([key, text]) => [key, compileTemplate(text)] as const);
  return (scope) => {
    const found = plainText(id(scope));
    if (found === '') throw wrong('id', 'nothing');
    const closed = forbidden !== null && isTrue(evaluate(forbidden, scope));
    return {
      id: found,
      name: plainText(name(scope)) || found,
      currency: checkedCurrency(plainText(currency(scope)).toUpperCase()),
      timeZone: checkedZone(plainText(timeZone(scope)) || 'UTC'),
      state: closed ? 'forbidden' : 'ok',
      ...(closed ? { note: `${platform} does not let this connection read it.` } : {}),
      ...(extra.length > 0
        ? { extra: Object.fromEntries(extra.map(([key, text]) => [key, plainText(text(scope))])) }
        : {}),
    };
  };
}

function wrong(what: string, value: string): PlatformFailure {
  const message = `The ${what} of accounts is ${value.slice(0, 100)}.`;
  return new PlatformFailure({ class: 'bad_request', message });
}

function checkedCurrency(code: string): string {
  if (isCurrencyCode(code)) return code;
  throw wrong('currency', code || 'missing');
}

function checkedZone(zone: string): string {
  try {
    void new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw wrong('time zone', zone);
  }
}
