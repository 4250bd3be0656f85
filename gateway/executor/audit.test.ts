import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Answer, DataSource } from '../sources/data-source.ts';
import { buildSupergraph } from '../supergraph/supergraph.ts';
import { runOperation } from '../testing/run-operation.ts';

// The public federation gateway audit is not part of this repository. To run it, name a checkout of
// graphql-hive/federation-gateway-audit with its dependencies installed.
const checkout = process.env.LIFTOS_FEDERATION_AUDIT;
const suites = checkout ? join(checkout, 'src/test-suites') : '';
const present = checkout !== undefined && existsSync(suites);
const origin = 'http://audit.invalid';

interface Route {
  method: string;
  path: string;
  handler(request: unknown): Response | Promise<Response>;
}

interface Suite {
  id: string;
  createRoutes(router: { route(route: Route): void }): void;
}

interface Case {
  query: string;
  expected: { data?: unknown; errors?: boolean };
}

async function loadSuite(name: string): Promise<{ cases: Case[]; run(text: string): Promise<Answer> }> {
  const { default: suite } = (await import(pathToFileURL(join(suites, name, 'index.ts')).href)) as { default: Suite };
  const routes = new Map<string, Route>();
  suite.createRoutes({ route: (route) => void routes.set(`${route.method} ${route.path}`, route) });
  const ask = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const route = routes.get(`${method} ${path}`);
    if (!route) throw new Error(`The audit serves no ${path}.`);
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const request = new Request(`${origin}${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
    return route.handler(Object.assign(request, { parsedUrl: new URL(request.url) }));
  };
  const supergraph = buildSupergraph(await (await ask('GET', `/${suite.id}/supergraph`)).text());
  const source = (subgraph: string): DataSource => ({
    execute: async ({ text, variables }) =>
      (await (await ask('POST', `/${suite.id}/${subgraph}`, { query: text, variables })).json()) as Answer,
    subscribe: () => Promise.reject(new Error('The audit has no subscriptions.')),
  });
  const sources = new Map(supergraph.subgraphs.map(({ name: subgraph }) => [subgraph, source(subgraph)]));
  const cases = (await (await ask('GET', `/${suite.id}/tests`)).json()) as Case[];
  return { cases, run: (text) => runOperation(supergraph, sources, text, {}, 10_000) };
}

describe.skipIf(!present)('the federation gateway audit (skipped without LIFTOS_FEDERATION_AUDIT)', () => {
  const wrong: string[] = [];
  let total = 0;
  for (const name of present ? readdirSync(suites).sort() : []) {
    test(`suite ${name}`, { timeout: 30_000 }, async () => {
      const { cases, run } = await loadSuite(name);
      const failures: string[] = [];
      for (const [index, { query, expected }] of cases.entries()) {
        total++;
        const answer = await run(query);
        const errors = expected.errors === undefined ? undefined : (answer.errors?.length ?? 0) > 0;
        const found = { data: answer.data ?? null, errors };
        const wanted = { data: expected.data ?? null, errors: expected.errors };
        if (!equal(found, wanted))
          failures.push(`${index}: ${query}\nfound ${JSON.stringify(answer)}\nwanted ${JSON.stringify(wanted)}`);
      }
      wrong.push(...failures.map((text) => `${name} ${text}`));
      expect(failures).toEqual([]);
    });
  }

  test('all of its cases pass', () => {
    expect(wrong).toEqual([]);
    expect(total).toBeGreaterThanOrEqual(199);
  });
});

function equal(found: unknown, wanted: unknown): boolean {
  try {
    expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(JSON.stringify(wanted)));
    return true;
  } catch {
    return false;
  }
}
