import { importJWK, SignJWT, type JWK } from 'jose';
import { sql } from 'kysely';
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

describe('a wrong password', () => {
  it('is answered alike for somebody who belongs to no organisation any more', async () => {
    const person = await newPerson();
    await accountsOf(runtime).deleteFrom('identity.member').where('email', '=', person.email).execute();
    const wrong = await signIn(person, browser(), 'wrong password');
    const unknown = await signIn({ ...person, email: `nobody-${person.email}` });
    expect([codeOf(wrong), wrong.errors?.[0]?.message]).toEqual([codeOf(unknown), unknown.errors?.[0]?.message]);
    expect(codeOf(await signIn(person))).toBe('FORBIDDEN');
  });

  it('is audited', async () => {
    const person = await newPerson();
    await signIn(person, browser(), 'wrong password');
    const text = '{ auditLog(filter: { action: "session.refused" }) { edges { node { targetId } } } }';
    const entries = async () => {
      await runtime.consumers.settle();
      return answer(subgraph, text, { runtime, principal: person.principal });
    };
    const refused = { auditLog: { edges: [{ node: { targetId: person.principal.id } }] } };
    await expect.poll(entries, { timeout: 5000 }).toEqual(refused);
  });
});

describe('attempts', () => {
  it('are forgotten once their time is over', async () => {
    const count = async () => {
      const { rows } = await runtime.database.driver.query(null, 'select count(*) as count from identity.throttle', []);
      return Number(rows[0]?.count);
    };
    for (let index = 0; index < 3; index++)
      await signIn({ ...(await newPerson()), email: `${crypto.randomUUID()}@x.y` });
    expect(await count()).toBeGreaterThan(3);
    clock += 16 * 60_000;
    await signIn({ ...(await newPerson()), email: `${crypto.randomUUID()}@x.y` });
    // One of the address, one of the e-mail.
    expect(await count()).toBe(2);
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

describe('access tokens that somebody else made', () => {
  /** The claims of a good token, to be signed in another way. */
  async function made() {
    const token = (await signIn(await newPerson())).data?.signIn.accessToken ?? '';
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const { rows } = await sql<{
      value: JWK;
    }>`select value from runtime.setting where name = 'identity.access-key'`.execute(runtime.database.system);
    return { claims, key: rows[0]!.value };
  }

  it.each<[string, { alg?: string; kid?: string; claims?: Record<string, unknown>; secret?: 'public key' }]>([
    ['for another audience', { claims: { aud: 'liftos-internal' } }],
    ['by another issuer', { claims: { iss: 'somebody' } }],
    ['with another key id', { kid: 'other' }],
    ['without a subject', { claims: { sub: undefined } }],
    ['with the public key as a secret', { alg: 'HS256', secret: 'public key' }],
  ])('%s are refused', async (_title, { alg = 'EdDSA', kid, claims: changed, secret }) => {
    const { claims, key } = await made();
    const sign = async (change: typeof changed, header: string | undefined) =>
      new SignJWT({ ...claims, ...change })
        .setProtectedHeader({ alg, kid: header ?? key.kid ?? '' })
        .sign(secret ? Buffer.from(key.x ?? '', 'base64url') : await importJWK(key, 'EdDSA'));
    const authenticate = async (token: string) =>
      runtime.ports.identity.authenticate({ authorization: `Bearer ${token}` });
    await expect(authenticate(await sign(changed, kid))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    // What is refused is the change alone.
    if (!secret) expect(await authenticate(await sign({}, undefined))).toMatchObject({ kind: 'user' });
  });
});

describe('a session', () => {
  it('ends after thirty days, however often it was renewed', async () => {
    const { session } = await signIn(await newPerson());
    clock += 29 * 86_400_000;
    expect(codeOf(await refresh(session))).toBeUndefined();
    clock += 2 * 86_400_000;
    expect(codeOf(await refresh(session))).toBe('UNAUTHENTICATED');
  });

  it('ends wherever it is open when its owner signs out everywhere', async () => {
    const person = await newPerson();
    const sessions = [(await signIn(person)).session, (await signIn(person)).session];
    const other = (await signIn(await newPerson('ANALYST', person.organizationId))).session;
    const { principal } = person;
    const ended = await answer(subgraph, 'mutation { signOutEverywhere { ended } }', { runtime, principal });
    expect(ended).toEqual({ signOutEverywhere: { ended: 2 } });
    for (const session of sessions) expect(codeOf(await refresh(session))).toBe('UNAUTHENTICATED');
    expect(codeOf(await refresh(other))).toBeUndefined();
  });

  it('is listed, and ended alone, by its owner only', async () => {
    const person = await newPerson();
    const colleague = await newPerson('ANALYST', person.organizationId);
    const [kept, lost] = [await signIn(person), await signIn(person)];
    const lostId = lost.session.refreshToken?.split('.')[0] ?? '';
    const authorization = `Bearer ${kept.data?.signIn.accessToken}`;
    const principal = await runtime.ports.identity.authenticate({ authorization });
    const list = async () => {
      const text = '{ sessions { id current } }';
      return (await answer<{ sessions: { id: string; current: boolean }[] }>(subgraph, text, { runtime, principal }))
        .sessions;
    };
    const [, lostSession] = (await list()).toSorted((one, other) => Number(other.current) - Number(one.current));
    expect(lostSession).toEqual({ id: lostId, current: false });
    const end = (who: Principal, id: string) =>
      ask(subgraph, 'mutation ($id: ID!) { endSession(id: $id) { ended } }', {
        runtime,
        principal: who,
        variables: { id },
      });
    expect(codeOf(await end(colleague.principal, lostId))).toBe('NOT_FOUND');
    expect(codeOf(await end((await newPerson()).principal, lostId))).toBe('NOT_FOUND');
    expect((await end(principal, lostId)).data).toEqual({ endSession: { ended: 1 } });
    expect((await end(principal, lostId)).data).toEqual({ endSession: { ended: 0 } });
    expect(codeOf(await refresh(lost.session))).toBe('UNAUTHENTICATED');
    expect(codeOf(await refresh(kept.session))).toBeUndefined();
    expect((await list()).map(({ id }) => id)).not.toContain(lostId);
  });

  it('ends with a new password, except for the one that set it', async () => {
    const person = await newPerson();
    const [mine, stolen] = [await signIn(person), (await signIn(person)).session];
    const principal = await runtime.ports.identity.authenticate({
      authorization: `Bearer ${mine.data?.signIn.accessToken}`,
    });
    const text = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { viewer { role } } }';
    const change = (current: string) =>
      ask(subgraph, text, { runtime, principal, variables: { input: { current, next: 'another fine secret' } } });
    expect(codeOf(await change('wrong password'))).toBe('BAD_USER_INPUT');
    expect(codeOf(await refresh(stolen))).toBeUndefined();
    expect(codeOf(await change(password))).toBeUndefined();
    expect(codeOf(await refresh(stolen))).toBe('UNAUTHENTICATED');
    expect(codeOf(await refresh(mine.session))).toBeUndefined();
    expect(codeOf(await signIn(person))).toBe('UNAUTHENTICATED');
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

  it('are asked for the password of their account no more often than at a sign-in', async () => {
    const [owner, victim] = [await newPerson(), await newPerson()];
    const invite = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { link } }`;
    const { inviteMember } = await answer<{ inviteMember: { link: string } }>(subgraph, invite, {
      runtime,
      principal: owner.principal,
      variables: { input: { email: victim.email.toUpperCase(), role: 'VIEWER' } },
    });
    const token = new URL(inviteMember.link).searchParams.get('token');
    const accept = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { viewer { role } } }`;
    const guess = async (given: string) => {
      const variables = { input: { token, name: 'Eve', password: given } };
      return codeOf(await ask(subgraph, accept, { runtime, principal: anonymous, variables }));
    };
    for (let index = 0; index < 10; index++) expect(await guess(`a guess ${index}`)).toBe('UNAUTHENTICATED');
    expect(await guess(password)).toBe('RATE_LIMITED');
    expect(codeOf(await signIn(victim))).toBe('RATE_LIMITED');
    clock += 16 * 60_000;
    expect(await guess(password)).toBeUndefined();
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

  it('are told from anything else by their checksum, without a look at what is stored', async () => {
    const owner = await newPerson();
    const variables = { input: { name: 'partner', scopes: ['data:read'] } };
    const { createApiKey: made } = await answer<{ createApiKey: { secret: string } }>(subgraph, create, {
      runtime,
      principal: owner.principal,
      variables,
    });
    const { secret } = made;
    const other = secret.at(20) === 'A' ? 'B' : 'A';
    for (const bad of [
      secret.slice(0, -1),
      `${secret}A`,
      `${secret.slice(0, 20)}${other}${secret.slice(21)}`,
      'lift_',
    ]) {
      await expect(runtime.ports.identity.authenticate({ apiKey: bad })).rejects.toThrow('This is no API key.');
    }
    expect(await runtime.ports.identity.authenticate({ apiKey: secret })).toMatchObject({ kind: 'key' });
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
