import { PlatformFailure } from '../../engine/platform-failure.ts';
import type { ApiRequest, Json } from '../../platforms/connector.ts';
import { compileAddress, compileTemplate, parseTemplate } from '../language/template.pure.ts';
import { isEmpty, plainText } from '../language/values.pure.ts';
import type { BodyTemplate } from '../manifest/fields.pure.ts';
import type { ManifestRequest } from '../manifest/schema.pure.ts';
import type { Compiled } from './values.pure.ts';

/**
 * Compiles a request. Parameters and headers without a value are left out. The compiled request throws PlatformFailure
 * when a value is missing that the path needs.
 */
export function compileRequest(request: ManifestRequest): Compiled<ApiRequest> {
  const address = compilePath(request.path);
  const query = compileAll(request.query ?? {});
  const headers = compileAll(request.headers ?? {});
  const form = request.form && compileAll(request.form);
  const body = request.body === undefined ? null : compileBody(request.body);
  return (scope) => {
    const url = address(scope);
    if (url === null) {
      throw new PlatformFailure({ class: 'bad_request', message: `A value is missing in the path ${request.path}.` });
    }
    return {
      url,
      query: query(scope),
      headers: headers(scope),
      ...(request.method ? { method: request.method } : {}),
      ...(form ? { form: form(scope) } : {}),
      ...(body ? { body: body(scope) } : {}),
      ...(request.authenticate === false ? { authenticate: false as const } : {}),
      ...(request.format ? { as: request.format } : {}),
    };
  };
}

/** An address that a platform gave, e.g. of a file, is taken as it is; where it may lead is checked when it is sent. */
function compilePath(path: string): Compiled<string | null> {
  const parts = parseTemplate(path);
  if (parts.length !== 1 || !('expression' in parts[0]!)) return compileAddress(path);
  const whole = compileTemplate(path);
  return (scope) => plainText(whole(scope)) || null;
}

/** Templates by name; those without a value are left out. */
export function compileAll(
  texts: Readonly<Record<string, string | number | boolean>>,
): Compiled<Record<string, string>> {
  const compiled = Object.entries(texts).map(([name, text]) => [name, compileTemplate(String(text))] as const);
  return (scope) => {
    const values = compiled.map(([name, template]) => [name, template(scope)] as const);
    return Object.fromEntries(values.flatMap(([name, value]) => (isEmpty(value) ? [] : [[name, plainText(value)]])));
  };
}

function compileBody(body: BodyTemplate): Compiled<Json> {
  if (typeof body === 'string') {
    const template = compileTemplate(body);
    return (scope) => asJson(template(scope));
  }
  if (typeof body !== 'object' || body === null) return () => body;
  if (isList(body)) {
    const members = body.map(compileBody);
    return (scope) => members.map((member) => member(scope));
  }
  const members = Object.entries(body).map(([name, member]) => [name, compileBody(member)] as const);
  return (scope) => Object.fromEntries(members.map(([name, member]) => [name, member(scope)]));
}

function isList(value: object): value is readonly BodyTemplate[] {
  return Array.isArray(value);
}

function asJson(value: unknown): Json {
  if (value === undefined) return null;
  return value instanceof Date || typeof value === 'bigint' ? plainText(value) : (value as Json);
}
