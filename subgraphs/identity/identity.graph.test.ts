import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, type Principal, type SessionCookie } from '@liftos/core/context.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { hashPassword } from './session/password.ts';
import { accountsOf } from './session/session.service.ts';
import { identity as subgraph } from './subgraph.ts';

const password = 'correct horse battery';
let runtime: TestRuntime;
let clock = Date.now();
beforeAll(async () => {
  runtime = await testRuntime([subgraph], { now: () => new Date(clock) });
});
afterAll(() => runtime.close());

/** A cookie jar of one browser. */
function browser(): SessionCookie & { refreshToken?: string } {
  const jar: SessionCookie & { refreshToken?: string } = {
    setRefreshToken(token) {
      if (token === null) delete jar.refreshToken;
      else jar.refreshToken = token;
    },
  };
  return jar;
}

interface Person {
  email: string;
  organizationId: string;
  principal: Principal;
}

async function newPerson(
  role: 'OWNER' | 'ANALYST' = 'OWNER',
  organizationId = runtime.newOrganization(),
): Promise<Person> {
  const accounts = accountsOf(runtime);
  const id = crypto.randomUUID();
  const email = `${id}@example.com`;
  const created_at = runtime.now();
  const password_hash = await hashPassword(password);
  await accounts.insertInto('identity.account').values({ id, email, name: 'Ada', password_hash, created_at }).execute();
  await accounts
    .insertInto('identity.organization')
    .values({ organization_id: organizationId, name: 'Acme', currency: 'EUR', time_zone: 'UTC', created_at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const member = { organization_id: organizationId, id: crypto.randomUUID(), account_id: id, email, name: 'Ada', role };
  await accounts
    .insertInto('identity.member')
    .values({ ...member, joined_at: created_at })
    .execute();
  return { email, organizationId, principal: { ...testPrincipal(organizationId), id, role } };
}

const signInText = `mutation ($input: SignInInput!) { signIn(input: $input) { accessToken expiresAt viewer { user { email } role scopes } } }`;
const refreshText = 'mutation { refreshSession { accessToken } }';

async function signIn({ email }: Person, session = browser(), given = password) {
  const variables = { input: { email, password: given } };
  const result = await ask<{ signIn: { accessToken: string; viewer: { user: { email: string }; role: string } } }>(
    subgraph,
    signInText,
    { runtime, principal: anonymous, variables, session },
  );
  return { ...result, session };
}

const codeOf = (result: { errors?: readonly { extensions: Record<string, unknown> }[] }) =>
  result.errors?.[0]?.extensions.code;
const refresh = (session: SessionCookie) => ask(subgraph, refreshText, { runtime, principal: anonymous, session });

describe('signIn', () => {
  it('gives a token that identifies the user', async () => {
    const person = await newPerson('ANALYST');
    const { data } = await signIn(person);
    expect(data?.signIn.viewer).toMatchObject({ user: { email: person.email }, role: 'ANALYST' });
    const principal = await runtime.ports.identity.authenticate({
      authorization: `Bearer ${data?.signIn.accessToken}`,
    });
    expect(principal).toMatchObject({ id: person.principal.id, organizationId: person.organizationId });
    expect(principal.scopes).not.toContain('members:manage');
  });

  it('answers a wrong password and an unknown e-mail alike, and stops after ten tries', async () => {
    const person = await newPerson();
    const unknown = await signIn({ ...person, email: `nobody-${person.email}` });
    const wrong = await signIn(person, browser(), 'wrong password');
    expect(wrong.errors?.[0]?.message).toBe(unknown.errors?.[0]?.message);
    expect(codeOf(wrong)).toBe('UNAUTHENTICATED');
    const tries = await Promise.all(Array.from({ length: 12 }, () => signIn(person, browser(), 'wrong password')));
    expect(tries.filter((result) => codeOf(result) === 'UNAUTHENTICATED')).toHaveLength(9);
    expect(codeOf(await signIn(person))).toBe('RATE_LIMITED');
    clock += 16 * 60_000;
    expect(codeOf(await signIn(person))).toBeUndefined();
  });
});

describe('sign-in with anything as an e-mail', () => {
  it.each([
    ['of a hundred thousand characters', crypto.randomUUID() + 'é'.repeat(100_000), 'UNAUTHENTICATED'],
    ['with a NUL character', 'a\u0000@example.com', 'BAD_USER_INPUT'],
    ['that is SQL', "' or 1 = 1 --", 'UNAUTHENTICATED'],
  ])('%s is refused', async (_title, email, code) => {
    const variables = { input: { email, password } };
    expect(codeOf(await ask(subgraph, signInText, { runtime, principal: anonymous, variables }))).toBe(code);
  });
});

describe('access tokens', () => {
  it('are refused when changed, expired or after sign-out', async () => {
    const { data, session } = await signIn(await newPerson());
    const token = data?.signIn.accessToken ?? '';
    const authenticate = (value: string) => runtime.ports.identity.authenticate({ authorization: `Bearer ${value}` });
    const [head, body, signature] = token.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const bad of [`${none}.${body}.`, `${head}.${body}.${signature?.slice(1)}A`, 'x']) {
      await expect(authenticate(bad)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    const principal = await authenticate(token);
    await answer(subgraph, 'mutation { signOut { ended } }', { runtime, principal, session });
    await expect.poll(() => runtime.ports.identity.stillValid(principal), { timeout: 5000 }).toBe(false);
    const other = (await signIn(await newPerson())).data?.signIn.accessToken ?? '';
    clock += 11 * 60_000;
    await expect(authenticate(other)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('refreshSession', () => {
  it('replaces the token and gives parallel callers the same successor', async () => {
    const { session } = await signIn(await newPerson());
    const before = session.refreshToken;
    const jars = Array.from({ length: 20 }, () => Object.assign(browser(), { refreshToken: before }));
    const results = await Promise.all(jars.map(refresh));
    expect(results.every((result) => !result.errors)).toBe(true);
    expect(new Set(jars.map((jar) => jar.refreshToken)).size).toBe(1);
    expect(jars[0]?.refreshToken).not.toBe(before);
  });

  it('ends the session when a replaced token comes back late', async () => {
    const { session } = await signIn(await newPerson());
    const stolen = Object.assign(browser(), { refreshToken: session.refreshToken });
    await refresh(session);
    clock += 30_000;
    expect(codeOf(await refresh(stolen))).toBe('UNAUTHENTICATED');
    expect(codeOf(await refresh(session))).toBe('UNAUTHENTICATED');
  });

  it('refuses the grandparent even within the leeway', async () => {
    const { session } = await signIn(await newPerson());
    const grandparent = Object.assign(browser(), { refreshToken: session.refreshToken });
    await refresh(session);
    await refresh(session);
    expect(codeOf(await refresh(grandparent))).toBe('UNAUTHENTICATED');
  });
});

describe('the first owner', () => {
  it('signs in once with the printed link and chooses a password', async () => {
    const token = await runtime.ports.identity.firstSignIn();
    expect(token).not.toBeNull();
    const text = `mutation ($input: RedeemSignInLinkInput!) { redeemSignInLink(input: $input) { viewer { role } } }`;
    const redeem = (chosen?: string) =>
      ask(subgraph, text, { runtime, principal: anonymous, variables: { input: { token, password: chosen } } });
    expect(codeOf(await redeem())).toBe('BAD_USER_INPUT');
    expect(codeOf(await redeem('password12'))).toBe('BAD_USER_INPUT');
    expect((await redeem('a fine long secret')).data).toMatchObject({
      redeemSignInLink: { viewer: { role: 'OWNER' } },
    });
    expect(codeOf(await redeem('a fine long secret'))).toBe('UNAUTHENTICATED');
    expect(await runtime.ports.identity.firstSignIn()).toBeNull();
  });
});

describe('members', () => {
  it('join by invitation, once', async () => {
    const owner = await newPerson();
    const invite = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { link invitation { id } } }`;
    const email = `${crypto.randomUUID()}@example.com`;
    const invited = await answer<{ inviteMember: { link: string } }>(subgraph, invite, {
      runtime,
      principal: owner.principal,
      variables: { input: { email, role: 'VIEWER' } },
    });
    const token = new URL(invited.inviteMember.link).searchParams.get('token');
    const accept = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { viewer { role organization { name } } } }`;
    const variables = { input: { token, name: 'Grace', password } };
    const joined = await ask(subgraph, accept, { runtime, principal: anonymous, variables });
    expect(joined.data).toEqual({ acceptInvitation: { viewer: { role: 'VIEWER', organization: { name: 'Acme' } } } });
    expect(codeOf(await ask(subgraph, accept, { runtime, principal: anonymous, variables }))).toBe('UNAUTHENTICATED');
  });

  it('join once, also when they send the form several times at once', async () => {
    const owner = await newPerson();
    const invite = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { link } }`;
    const email = `${crypto.randomUUID()}@example.com`;
    const { inviteMember } = await answer<{ inviteMember: { link: string } }>(subgraph, invite, {
      runtime,
      principal: owner.principal,
      variables: { input: { email, role: 'VIEWER' } },
    });
    const input = { token: new URL(inviteMember.link).searchParams.get('token'), name: 'Grace', password };
    const accept = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { viewer { role } } }`;
    const sent = Array.from({ length: 5 }, () =>
      ask(subgraph, accept, { runtime, principal: anonymous, variables: { input } }),
    );
    const outcomes = (await Promise.all(sent)).map((result) => codeOf(result) ?? 'joined');
    expect(outcomes.filter((outcome) => outcome === 'joined')).toHaveLength(1);
    expect(outcomes.filter((outcome) => !['joined', 'CONFLICT', 'UNAUTHENTICATED'].includes(String(outcome)))).toEqual(
      [],
    );
  });

  it('cannot lose their last owner, nor make owners without being one', async () => {
    const owner = await newPerson();
    const list = await answer<{ members: { id: string }[] }>(subgraph, '{ members { id } }', {
      runtime,
      principal: owner.principal,
    });
    const change = `mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { member { role } } }`;
    const variables = { input: { memberId: list.members[0]?.id, role: 'VIEWER' } };
    expect(codeOf(await ask(subgraph, change, { runtime, principal: owner.principal, variables }))).toBe('CONFLICT');
    const admin = testPrincipal(owner.organizationId, ['members:manage', 'data:read']);
    const promote = { input: { memberId: list.members[0]?.id, role: 'OWNER' } };
    expect(codeOf(await ask(subgraph, change, { runtime, principal: admin, variables: promote }))).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('are invisible to and out of reach of other organisations', async () => {
    const [mine, theirs] = [await newPerson(), await newPerson()];
    const list = await answer<{ members: { id: string }[] }>(subgraph, '{ members { id } }', {
      runtime,
      principal: theirs.principal,
    });
    const remove = 'mutation ($id: ID!) { removeMember(id: $id) { memberId } }';
    const variables = { id: list.members[0]?.id };
    expect(codeOf(await ask(subgraph, remove, { runtime, principal: mine.principal, variables }))).toBe('NOT_FOUND');
    const entities = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Member { id } ... on Organization { name } ... on User { email } } }`;
    const r = [
      { __typename: 'Member', ...variables },
      { __typename: 'Organization', id: theirs.organizationId },
      { __typename: 'User', id: theirs.principal.id },
    ];
    const found = await ask(subgraph, entities, { runtime, principal: mine.principal, variables: { r } });
    expect(found.data).toEqual({ _entities: [null, null, null] });
  });
});

describe('API keys', () => {
  const create = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id prefix } } }`;

  it('identify their organisation until they are revoked or expire', async () => {
    const owner = await newPerson();
    const input = { name: 'partner', scopes: ['data:read'], expiresInDays: 1 };
    const make = () =>
      answer<{ createApiKey: { secret: string; apiKey: { id: string } } }>(subgraph, create, {
        runtime,
        principal: owner.principal,
        variables: { input },
      });
    const { secret, apiKey } = (await make()).createApiKey;
    const principal = await runtime.ports.identity.authenticate({ apiKey: secret });
    expect(principal).toMatchObject({ kind: 'key', organizationId: owner.organizationId, scopes: ['data:read'] });
    const revoke = 'mutation ($id: ID!) { revokeApiKey(id: $id) { apiKey { revokedAt } } }';
    await answer(subgraph, revoke, { runtime, principal: owner.principal, variables: { id: apiKey.id } });
    await expect(runtime.ports.identity.authenticate({ apiKey: secret })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    const second = (await make()).createApiKey.secret;
    clock += 2 * 86_400_000;
    await expect(runtime.ports.identity.authenticate({ apiKey: second })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('may not do more than whoever makes them', async () => {
    const principal = testPrincipal(runtime.newOrganization(), ['keys:manage', 'data:read']);
    const variables = { input: { name: 'greedy', scopes: ['causal:run'] } };
    expect(codeOf(await ask(subgraph, create, { runtime, principal, variables }))).toBe('BAD_USER_INPUT');
  });
});

describe('the audit log', () => {
  it('keeps who did what, and notices any change', async () => {
    const owner = await newPerson();
    const update =
      'mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { organization { name } } }';
    for (const name of ['One', 'Two', 'Three']) {
      await answer(subgraph, update, { runtime, principal: owner.principal, variables: { input: { name } } });
    }
    await runtime.consumers.settle();
    const log = await answer<{ auditLog: { edges: { node: { action: string; details: { name: string } } }[] } }>(
      subgraph,
      '{ auditLog(first: 2) { edges { node { sequence action actorName details } } pageInfo { hasNextPage } } }',
      { runtime, principal: owner.principal },
    );
    expect(log.auditLog.edges.map(({ node }) => [node.action, node.details.name])).toEqual([
      ['organization.updated', 'Three'],
      ['organization.updated', 'Two'],
    ]);
    const verify = () =>
      answer(subgraph, '{ verifyAuditLog { intact entries firstBadSequence } }', {
        runtime,
        principal: owner.principal,
      });
    expect(await verify()).toEqual({ verifyAuditLog: { intact: true, entries: 3, firstBadSequence: null } });
    const { driver } = runtime.database;
    const tamper = `update identity.audit_entry set details = '{"name":"None"}' where sequence = 2 and organization_id = '${owner.organizationId}'`;
    await expect(driver.script(tamper)).rejects.toThrow('append-only');
    await driver.script(
      `alter table identity.audit_entry disable trigger append_only; ${tamper}; alter table identity.audit_entry enable trigger append_only`,
    );
    expect(await verify()).toEqual({ verifyAuditLog: { intact: false, entries: 1, firstBadSequence: 2 } });
  });
});
