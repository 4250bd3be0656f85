import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDoubles, type Doubles } from '@liftos/connections/doubles/start-doubles.ts';
import { consent } from '@liftos/connections/doubles/testing.ts';
import { connections } from '@liftos/connections/subgraph.ts';
import { anonymous, type Principal, type SessionCookie } from '@liftos/core/context.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { identity } from '@liftos/identity/subgraph.ts';
import { memory } from '@liftos/memory/subgraph.ts';
import { makeFixture } from '@liftos/gateway/testing/fixture.ts';
import { marketing } from '@liftos/gateway/testing/marketing.ts';
import { startGateway, type TestGateway } from '@liftos/gateway/testing/test-gateway.ts';

let doubles: Doubles;
let runtime: TestRuntime;
let edge: TestGateway;
beforeAll(async () => {
  doubles = await startDoubles({ platforms: ['hubspot', 'x_ads', 'woocommerce'] });
  runtime = await testRuntime([identity, connections, memory], { env: { LIFTOS_PLATFORMS_URL: doubles.url } });
  const fixture = makeFixture(marketing().subgraphs);
  const { identity: authenticator, logins } = runtime.ports;
  edge = await startGateway(fixture.supergraph, fixture.sources, { authenticator, logins });
});
afterAll(async () => {
  await edge.close();
  await runtime.close();
  await doubles.stop();
});

/** Somebody with a browser in which they are signed in. */
interface Person {
  email: string;
  principal: Principal;
  cookie: string;
}

async function newOrganization(): Promise<string> {
  const id = runtime.newOrganization();
  await sql`insert into identity.organization (organization_id, name, currency, time_zone, created_at)
    values (${id}, 'Acme', 'EUR', 'UTC', now())`.execute(runtime.database.system);
  return id;
}

async function join(organizationId: string, role = 'ANALYST'): Promise<Person> {
  const inviting = testPrincipal(organizationId);
  const input = { email: `${crypto.randomUUID()}@example.com`, role };
  const invite = 'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { link } }';
  const { inviteMember } = await as<{ inviteMember: { link: string } }>(inviting, invite, { input }, identity);
  const token = new URL(inviteMember.link, 'http://localhost').searchParams.get('token');
  const accept = `mutation ($token: String!) {
    acceptInvitation(input: { token: $token, name: "Ada", password: "a fine long secret" }) { accessToken } }`;
  let refreshToken = '';
  const session: SessionCookie = { setRefreshToken: (given) => void (refreshToken = given ?? '') };
  await answer(identity, accept, { runtime, principal: anonymous, variables: { token }, session });
  return {
    email: input.email,
    principal: await runtime.ports.identity.authenticate({ refreshToken }),
    cookie: `liftos=${refreshToken}`,
  };
}

/** Signs in anew; gives the cookie. */
async function signIn({ email }: Person): Promise<string> {
  let refreshToken = '';
  const session: SessionCookie = { setRefreshToken: (given) => void (refreshToken = given ?? '') };
  const text = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
  const variables = { input: { email, password: 'a fine long secret' } };
  await answer(identity, text, { runtime, principal: anonymous, variables, session });
  return `liftos=${refreshToken}`;
}

function as<T>(
  principal: Principal,
  text: string,
  variables: Record<string, unknown>,
  subgraph = connections,
): Promise<T> {
  return answer<T>(subgraph, text, { runtime, principal, variables });
}

/** Begins a login and consents at the platform; gives the address that the platform sends the browser to. */
async function consented(principal: Principal, input: Record<string, unknown> = { platform: 'hubspot' }): Promise<URL> {
  const text = 'mutation ($input: StartAuthorizationInput!) { startAuthorization(input: $input) { url } }';
  const { startAuthorization } = await as<{ startAuthorization: { url: string } }>(principal, text, { input });
  return consent(doubles.url, `https://${startAuthorization.url.slice(doubles.url.length + 1)}`);
}

/** Opens the way back in a browser; gives where it ends. */
async function comeBack(back: URL, cookie?: string): Promise<string | null> {
  const address = new URL(`${back.pathname}${back.search}`, edge.url);
  const answered = await fetch(address, { redirect: 'manual', headers: cookie ? { cookie } : {} });
  expect(answered.status).toBe(303);
  return answered.headers.get('location');
}

async function countOf(organizationId: string): Promise<number> {
  const { rows } = await sql<{ connections: number }>`
    select count(*)::int as connections from connections.connection where organization_id = ${organizationId}`.execute(
    runtime.database.system,
  );
  return rows[0]!.connections;
}

const connected = /^\/connections\/[\w-]{36}\?connected=1$/;
const stranger = '/connections?error=other_person';

it.each(['hubspot', 'x_ads'])(
  'a login at %s is finished by who began it, in no other browser, and once',
  async (platform) => {
    const organization = await newOrganization();
    const [ada, colleague, foreigner] = [
      await join(organization),
      await join(organization, 'OWNER'),
      await join(await newOrganization(), 'OWNER'),
    ];
    const back = await consented(ada.principal, { platform });
    for (const cookie of [undefined, 'liftos=', 'liftos=x.y', colleague.cookie, foreigner.cookie])
      expect(await comeBack(back, cookie)).toBe(stranger);
    expect(await countOf(organization)).toBe(0);
    expect(await comeBack(back, ada.cookie)).toMatch(connected);
    expect(await comeBack(back, ada.cookie)).toBe(`/connections/new/${platform}?error=replayed`);
    expect(await comeBack(back, foreigner.cookie)).toBe(stranger);
    expect([await countOf(organization), await countOf(foreigner.principal.organizationId)]).toEqual([1, 0]);
  },
);

it('strangers who come back with a login are told to its organisation', async () => {
  const organization = await newOrganization();
  const ada = await join(organization);
  await comeBack(await consented(ada.principal));
  const { rows } = await sql<{ summary: string }>`
    select summary from runtime.event where organization_id = ${organization} and topic = 'connection.loginRefused'
      and audited`.execute(runtime.database.system);
  expect(rows).toEqual([{ summary: expect.stringContaining('that Ada began came back in the browser of') as string }]);
});

it('an access token in a header or an address does not stand for the browser', async () => {
  const ada = await join(await newOrganization());
  const back = await consented(ada.principal);
  const address = new URL(`${back.pathname}${back.search}&refreshToken=${ada.cookie.slice(7)}`, edge.url);
  const headers = { authorization: `Bearer ${ada.cookie.slice(7)}` };
  const { headers: given } = await fetch(address, { redirect: 'manual', headers });
  expect(given.get('location')).toBe(stranger);
});

it('somebody who was removed, signed out or lost the permission meanwhile connects nothing', async () => {
  const organization = await newOrganization();
  const owner = testPrincipal(organization);
  const removed = await join(organization);
  const lowered = await join(organization);
  const gone = await join(organization);
  const [first, second, third] = [
    await consented(removed.principal),
    await consented(lowered.principal),
    await consented(gone.principal),
  ];
  const { members } = await as<{ members: { id: string; user: { id: string } }[] }>(
    owner,
    '{ members { id user { id } } }',
    {},
    identity,
  );
  const memberOf = ({ principal }: Person) => members.find(({ user }) => user.id === principal.id)!.id;
  const [remove, lower] = [
    'mutation ($id: ID!) { removeMember(id: $id) { memberId } }',
    'mutation ($id: ID!) { changeMemberRole(input: { memberId: $id, role: VIEWER }) { member { role } } }',
  ];
  await as(owner, remove, { id: memberOf(removed) }, identity);
  await as(owner, lower, { id: memberOf(lowered) }, identity);
  await as(gone.principal, 'mutation { signOut { ended } }', {}, identity);
  expect(await comeBack(first, removed.cookie)).toBe(stranger);
  expect(await comeBack(second, lowered.cookie)).toBe(stranger);
  expect(await comeBack(second, await signIn(lowered))).toBe('/connections/new/hubspot?error=forbidden');
  expect(await comeBack(third, gone.cookie)).toBe(stranger);
  expect(await countOf(organization)).toBe(0);
});

it('two tabs log in side by side, in whatever order they come back', async () => {
  const ada = await join(await newOrganization());
  const [first, second] = [await consented(ada.principal), await consented(ada.principal)];
  expect(await comeBack(second, ada.cookie)).toMatch(connected);
  expect(await comeBack(first, ada.cookie)).toMatch(connected);
  expect(await countOf(ada.principal.organizationId)).toBe(2);
});

it('a session that was renewed while its browser was away still counts', async () => {
  const ada = await join(await newOrganization());
  const back = await consented(ada.principal);
  let refreshToken = ada.cookie.slice(7);
  const session: SessionCookie = { refreshToken, setRefreshToken: (given) => void (refreshToken = given ?? '') };
  const text = 'mutation { refreshSession { accessToken } }';
  await answer(identity, text, { runtime, principal: anonymous, session });
  expect(refreshToken).not.toBe(ada.cookie.slice(7));
  expect(await comeBack(back, `liftos=${refreshToken}`)).toMatch(connected);
});

it('a login that a key of the API began is finished by a member of its organisation only', async () => {
  const organization = await newOrganization();
  const key: Principal = { ...testPrincipal(organization, ['connections:write']), kind: 'key' };
  const back = await consented(key);
  expect(await comeBack(back, (await join(await newOrganization(), 'OWNER')).cookie)).toBe(stranger);
  expect(await comeBack(back, (await join(organization)).cookie)).toMatch(connected);
});
