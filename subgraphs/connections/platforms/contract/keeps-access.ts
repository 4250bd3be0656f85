import { expect, it } from 'vitest';
import { until } from '@liftos/core/testing/until.ts';
import { findConnection } from '../../connection/create-connection.ts';
import { readCredential } from '../../credentials/credential-store.ts';
import { credentialFor } from '../../credentials/credential.service.ts';
import { everythingStored, placesOf, secretsIn } from '../../testing/find-secrets.ts';
import { addDays } from '../../sync/plan-slices.pure.ts';
import type { Connector } from '../connector.ts';
import { recent, today, withSmallPages } from './figures.ts';
import type { Harness } from './harness.ts';
import { connectByHand, logIn, say } from './people.ts';
import type { ContractCase } from './cases.ts';

const seenText = `query ($id: ID!) { connection(id: $id) { name authState authMessage method accounts { id name note }
  tests { steps { name message hint } } syncs { edges { node { id state reasons notes slices { reason waitsFor failure } } } } } }`;
const testText = 'mutation ($id: ID!) { testConnection(id: $id) { ok steps { name message hint } } }';
const rawText = 'query ($id: ID!) { rawPages(syncRunId: $id) { edges { node { id request } } } }';

/** What lets us in is told to nobody. */
export function keepsSecrets(open: () => Harness): void {
  it('shows what lets it in neither in a log nor in an answer nor in a table', async () => {
    const harness = open();
    const answered: string[] = [];
    const secrets = new Map<string, string>();
    const id = await connectByHand(harness, addDays(today, -1), answered);
    const remember = async (): Promise<void> => {
      const { platform, settings } = await findConnection(harness.context, id);
      const { credential } = await readCredential(harness.context, id);
      for (const [secret, what] of secretsIn(platform, settings, credential)) secrets.set(secret, what);
    };
    await remember();
    const { run } = await harness.sync(id);
    await say(harness, rawText, { id: run.id }, answered);
    for (const [fault, status] of [
      ['fail', 401],
      ['html', 502],
    ] as const) {
      harness.control(fault, { calls: 1, status });
      await say(harness, testText, { id }, answered);
      await remember();
    }
    harness.control('fail', { calls: 3, status: 401 });
    await harness.sync(id);
    await remember();
    await say(harness, seenText, { id }, answered);
    harness.control('reset');
    const texts: Record<string, string> = {
      ...(await everythingStored(harness.runtime)),
      logs: harness.logged.join(),
      answers: answered.join(),
    };
    expect(texts['answers of platforms']!.length).toBeGreaterThan(100);
    expect(secrets.size).toBeGreaterThan(0);
    const found = [...secrets].flatMap(([secret, what]) =>
      placesOf(secret, texts).map((place) => `${what} in ${place}`),
    );
    expect(found).toEqual([]);
  });
}

/** What lets us in is renewed once for all who need it. */
export function renewsAccess(connector: Connector, given: ContractCase, open: () => Harness): void {
  const { auth } = connector.live!;
  const isMade = auth.find(({ id }) => id === given.method)?.kind === 'mint';
  const isRenewed = auth.some((way) => way.kind === 'oauth2' && way.renewal === 'refresh_token');
  const connect = (harness: Harness): Promise<string> => (isMade ? harness.connect(recent) : logIn(harness, recent));

  it.runIf(isMade || isRenewed)('asks for one new token when fifty callers need it', async () => {
    const harness = open();
    const connection = await findConnection(harness.context, await connect(harness));
    const refused = (await credentialFor(harness.context, connection)).accessToken!;
    const before = harness.doubles.counters(connector.id).tokensIssued;
    const all = await Promise.all(
      Array.from({ length: 50 }, () => credentialFor(harness.context, connection, { refused })),
    );
    expect(new Set(all.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(all[0]!.accessToken).not.toBe(refused);
    expect(harness.doubles.counters(connector.id).tokensIssued - before).toBe(1);
  });

  // The last one, as it ends the tokens that others use.
  it.runIf(isMade || isRenewed)('goes on with a new token when the old one ends between two pages', async () => {
    const harness = open();
    const connection = await connect(harness);
    const before = harness.doubles.counters(connector.id);
    harness.control('latency', { ms: 5 });
    const ended = withSmallPages(harness, () => harness.sync(connection));
    await until(() => harness.doubles.counters(connector.id).total > before.total + 5);
    harness.control('expireTokens');
    const { slices } = await ended;
    expect(slices.filter(({ failure }) => failure === 'auth')).toEqual([]);
    expect(slices.some(({ state }) => state === 'SUCCEEDED')).toBe(true);
    expect(harness.doubles.counters(connector.id).tokensIssued).toBeGreaterThan(before.tokensIssued);
  });
}
