import { classify } from '../../engine/classify.pure.ts';
import { bodyOf, buildRequest } from '../../engine/build-request.pure.ts';
import { compareTotals, describeDifference } from '../../engine/compare-totals.pure.ts';
import type { ConnectionApi, Exchange } from '../../engine/connection-api.ts';
import { endOfDay, startOfDay } from '../../engine/day-bounds.pure.ts';
import { createHttpClient } from '../../engine/http-client.ts';
import { liveBeginning, livePages } from '../../engine/live-pages.ts';
import { PlatformFailure } from '../../engine/platform-failure.ts';
import { readBody } from '../../engine/read-answer.pure.ts';
import type { Credential, OAuthApp, Values } from '../auth-method.ts';
import type { Account, ApiRequest, Connector, Entity, Fact, Mapped, Slice, Stream } from '../connector.ts';

interface Options {
  method: string;
  credential: Partial<Credential>;
  settings?: Values;
  app?: OAuthApp;
  now?: string;
}

/** Everything a slice brought. */
interface ReadSlice {
  facts: Fact[];
  entities: Entity[];
  refused: number;
  pages: number;
  /** What differs from the platform's own sums; null when nothing does, undefined when it gives none. */
  difference: string | null | undefined;
}

/** Reads a double through a connector as the engine does, but keeps nothing; for tests of one connector. */
export class LiveReader {
  readonly api: ConnectionApi;
  readonly #connector: Connector;
  readonly #names = new Map<string, string>();
  readonly #client: ReturnType<typeof createHttpClient>;

  constructor(connector: Connector, doublesUrl: string, options: Options) {
    this.#connector = connector;
    this.#client = createHttpClient(doublesUrl);
    const live = connector.live!;
    const credential: Credential = { values: {}, extra: {}, ...options.credential };
    const target = { version: live.version, settings: options.settings ?? {}, extra: credential.extra };
    const exchange = (request: ApiRequest): Promise<Exchange> => this.#exchange(request, credential, options);
    this.api = {
      ...target,
      connector: live,
      now: new Date(options.now ?? Date.now()),
      exchange,
      call: async (request) => (await exchange(request)).answer,
      holdBackSeconds: () => 0,
    };
  }

  accounts(): Promise<readonly Account[]> {
    return this.#connector.live!.accounts(this.api);
  }

  /** Reads a stream of an account; entities are known to slices that are read afterwards. Throws PlatformFailure. */
  async read(name: string, account: Account, from = '', to = '', pageSize?: number): Promise<ReadSlice> {
    const stream = this.#connector.live!.streams.find((candidate) => candidate.name === name)!;
    const slice = this.#slice(stream, account, from, to, pageSize);
    const result: ReadSlice = { facts: [], entities: [], refused: 0, pages: 0, difference: undefined };
    const facts = new Map<string, Fact>();
    let { sums } = liveBeginning;
    for await (const page of livePages(
      kept(stream, facts),
      slice,
      this.api,
      liveBeginning,
      AbortSignal.timeout(60_000),
    )) {
      if (!page.mapped) continue;
      result.entities.push(...page.mapped.entities);
      result.refused += page.mapped.rowsRejected;
      result.pages += 1;
      ({ sums } = page.checkpoint);
    }
    result.facts = [...facts.values()];
    for (const { type, id, name: known } of result.entities) this.#names.set(`${type}/${id}`, known);
    if (stream.totals) {
      const theirs = stream.totals.read(await this.api.call(stream.totals.request(slice)), slice);
      result.difference = describeDifference(compareTotals(sums, theirs));
    }
    return result;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #slice({ cursor, pageSize: usual }: Stream, account: Account, from: string, to: string, pageSize = usual): Slice {
    const { version, settings, extra, now } = this.api;
    return {
      version,
      settings,
      extra,
      now,
      account,
      from,
      to,
      pageSize,
      since: cursor.by === 'none' ? new Date(0) : startOfDay(from, account.timeZone),
      until: cursor.by === 'none' ? now : endOfDay(to, account.timeZone),
      nameOf: (type, id) => this.#names.get(`${type}/${id}`) ?? null,
    };
  }

  async #exchange(request: ApiRequest, credential: Credential, { method, app }: Options): Promise<Exchange> {
    const live = this.#connector.live!;
    const built = buildRequest(live, this.api, request);
    if (request.authenticate !== false) live.auth.find(({ id }) => id === method)!.apply(built, credential, app);
    const { hosts, limits } = live;
    const sent = await this.#client.send({
      method: built.method,
      url: built.url,
      headers: built.headers,
      body: bodyOf(built),
      hosts,
      timeoutMs: limits.timeoutSeconds * 1000,
      maxBytes: 64 * 1024 * 1024,
      signal: AbortSignal.timeout(60_000),
    });
    const read = readBody(sent.bytes, request.as, sent.status);
    if (!read.ok) throw new PlatformFailure({ class: 'transient', message: read.problem });
    const answer = { status: sent.status, headers: sent.headers, body: read.body };
    const failure = classify(answer, live, this.#connector.name);
    if (failure) throw new PlatformFailure(failure);
    return { answer, bytes: sent.bytes, line: built.url.pathname };
  }
}

/** The stream without its waits and with its facts collected; one that comes again takes the place of its first copy. */
function kept(stream: Stream, facts: Map<string, Fact>): Stream {
  const map = (row: unknown, slice: Slice): Mapped | null => {
    const mapped = stream.map(row, slice);
    for (const fact of mapped?.facts ?? []) facts.set(`${fact.date}/${fact.entity}`, fact);
    return mapped;
  };
  const { report } = stream;
  return { ...stream, map, ...(report ? { report: { ...report, pollSeconds: 0.01 } } : {}) };
}

/** Sums of facts in the form of a double's totals. */
export function sumsOf(facts: readonly Fact[]) {
  const count = (of: (fact: Fact) => number): number => facts.reduce((sum, fact) => sum + of(fact), 0);
  const money = (of: (fact: Fact) => bigint): string => String(facts.reduce((sum, fact) => sum + of(fact), 0n));
  return {
    spend: money(({ spend }) => spend),
    impressions: count(({ impressions }) => impressions),
    clicks: count(({ clicks }) => clicks),
    conversions: count(({ conversions }) => conversions),
    revenue: money(({ revenue }) => revenue),
  };
}
