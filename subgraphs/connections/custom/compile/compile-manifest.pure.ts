import { PlatformFailure } from '../../engine/platform-failure.ts';
import type { Answer, Connector, Failure, LiveConnector, Target } from '../../platforms/connector.ts';
import { evaluate } from '../language/evaluate.pure.ts';
import { ValueProblem } from '../language/problem.pure.ts';
import { parseTemplate, compileAddress, compileTemplate } from '../language/template.pure.ts';
import { isEmpty, plainText, toNumber } from '../language/values.pure.ts';
import { hostPattern } from '../manifest/hosts.pure.ts';
import type { Manifest } from '../manifest/schema.pure.ts';
import { compileAccounts } from './accounts.pure.ts';
import { compileAuth } from './auth.pure.ts';
import { compileAll } from './request.pure.ts';
import { statusScope, targetScope } from './scope.pure.ts';
import { compileStream } from './stream.pure.ts';
import { compileCondition, compileExpression } from './values.pure.ts';

const usual = { concurrency: 2, timeoutSeconds: 30, maxBodyMegabytes: 16 } as const;

/** Makes of a manifest what the engine runs: the same as a built-in connector. */
export function compileManifest(manifest: Manifest, id: string): Connector {
  return {
    id,
    name: manifest.platform.name,
    tier: null,
    category: 'custom',
    summary: manifest.platform.summary,
    modes: ['LIVE'],
    streams: [],
    live: compileLive(manifest),
  };
}

function compileLive(manifest: Manifest): LiveConnector {
  const { version, settings = [] } = manifest;
  const base = compileBase(manifest.base_url);
  const headers = manifest.headers && compileAll(manifest.headers);
  const holdBack = manifest.hold_back_seconds === undefined ? null : compileExpression(manifest.hold_back_seconds);
  return {
    hosts: manifest.hosts.map(hostPattern),
    versions: version ? [{ version: version.name, sunset: version.sunset ?? null }] : [],
    version: version?.name ?? '',
    base,
    ...(headers ? { headers: (target: Target) => headers(targetScope(target)) } : {}),
    auth: manifest.auth.map(compileAuth),
    settings: settings.map(({ name, label, ...others }) => ({ name, label, ...defined(others) })),
    accounts: compileAccounts(manifest.accounts, manifest.platform.name, base),
    classify: compileErrors(manifest.errors ?? [], manifest.platform.name),
    ...(holdBack
      ? { holdBack: (answer: Answer) => unlessWrong(() => secondsOf(holdBack(statusScope(answer)))) ?? null }
      : {}),
    limits: limitsOf(manifest.limits ?? {}),
    streams: manifest.streams.map((stream) => compileStream(stream, manifest, base)),
  };
}

function limitsOf(limits: NonNullable<Manifest['limits']>): LiveConnector['limits'] {
  return {
    concurrency: limits.concurrency ?? usual.concurrency,
    timeoutSeconds: limits.timeout_seconds ?? usual.timeoutSeconds,
    maxBodyBytes: (limits.max_body_megabytes ?? usual.maxBodyMegabytes) * 1024 * 1024,
    ...(limits.requests_per_second === undefined ? {} : { requestsPerSecond: limits.requests_per_second }),
  };
}

/** Leaves out what was not written. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** An address that is one value and nothing else is taken as it is, e.g. the instance that came with the token. */
function compileBase(text: string): (target: Target) => string {
  const parts = parseTemplate(text);
  const [only] = parts;
  if (parts.length === 1 && only && 'expression' in only) {
    return (target) => checked(plainText(evaluate(only.expression, targetScope(target))).replace(/\/+$/, ''));
  }
  const address = compileAddress(text);
  return (target) => checked(address(targetScope(target)) ?? '');
}

/** Settings and platforms may bring anything. */
function checked(address: string): string {
  if (URL.canParse(address)) return address;
  const message = address === '' ? 'A value is missing in the address.' : `${address.slice(0, 200)} is no address.`;
  throw new PlatformFailure({ class: 'bad_request', message });
}

/** The first rule that fits says what an answer means. */
function compileErrors(rules: NonNullable<Manifest['errors']>, platform: string) {
  const compiled = rules.map((rule) => ({
    fits: compileCondition(rule.when),
    class: rule.class,
    message: compileTemplate(rule.message ?? `${platform} answered {{ status }}.`),
    wait: waitOf(rule.wait_seconds),
  }));
  return (answer: Answer): Failure | null => {
    const scope = statusScope(answer);
    const rule = compiled.find(({ fits }) => unlessWrong(() => fits(scope)));
    if (!rule) return null;
    const waitSeconds = unlessWrong(() => secondsOf(rule.wait?.(scope)));
    return {
      class: rule.class,
      message: plainText(unlessWrong(() => rule.message(scope))).slice(0, 500),
      ...(waitSeconds === undefined ? {} : { waitSeconds }),
    };
  };
}

function waitOf(seconds: string | number | undefined) {
  return seconds === undefined ? null : typeof seconds === 'number' ? () => seconds : compileExpression(seconds);
}

/** Seconds that a platform names; nothing when it names none. */
function secondsOf(value: unknown): number | undefined {
  return isEmpty(value) ? undefined : Math.max(0, toNumber(value));
}

/** Errors come in many shapes; what a rule cannot read in one of them is not there. */
function unlessWrong<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ValueProblem) return undefined;
    throw error;
  }
}
