import { createSignal } from 'solid-js';
import { ask, serverNow } from './ask.ts';
import { readFailure } from './failure.ts';
import {
  AcceptInvitationDocument,
  type AcceptInvitationInput,
  RedeemSignInLinkDocument,
  type RedeemSignInLinkInput,
  RefreshSessionDocument,
  type SessionFieldsFragment,
  SignInDocument,
  type SignInInput,
  SignOutDocument,
  SignOutEverywhereDocument,
} from './session.generated.ts';

export type Viewer = SessionFieldsFragment['viewer'];
export type SessionStatus = 'starting' | 'unreachable' | 'signed-out' | 'signed-in';

const [status, setStatus] = createSignal<SessionStatus>('starting');
const [viewer, setViewer] = createSignal<Viewer>();

export { status as sessionStatus, viewer };

// The access token lives in this variable only: nothing that outlives the page can leak it.
let token: { text: string; expiresAt: number } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let refreshing: Promise<void> | undefined;

const marginMillis = 30_000;

/** Another tab may have signed in as somebody else; nothing of the last person may stay on this page. */
function isSomebodyElse(next: Viewer): boolean {
  const now = viewer();
  return now !== undefined && (now.user?.id !== next.user?.id || now.organization.id !== next.organization.id);
}

function adopt(payload: SessionFieldsFragment): void {
  if (isSomebodyElse(payload.viewer)) return location.reload();
  const expiresAt = Date.parse(payload.expiresAt);
  token = { text: payload.accessToken, expiresAt };
  setViewer(payload.viewer);
  setStatus('signed-in');
  clearTimeout(timer);
  const left = expiresAt - serverNow();
  timer = setTimeout(() => void refreshSession(), Math.max(left / 2, left - 2 * marginMillis, 1_000));
}

function forget(): void {
  token = undefined;
  clearTimeout(timer);
  setViewer(undefined);
  setStatus('signed-out');
}

/**
 * Runs alone among all tabs of this browser. The refresh token changes with each use and using an old one ends the
 * session, so two tabs must never send the same one.
 */
async function alone(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request('liftos.refresh', work);
}

async function exchange(): Promise<void> {
  try {
    adopt((await ask(RefreshSessionDocument, {})).refreshSession);
  } catch (error) {
    const { code } = readFailure(error);
    const answered = code !== 'NETWORK' && code !== 'UNAVAILABLE' && code !== 'RATE_LIMITED' && code !== 'TIMEOUT';
    if (answered) forget();
    else if (status() === 'starting') setStatus('unreachable');
  }
}

/** Exchanges the refresh cookie for a new access token. Calls made meanwhile share the one exchange. */
export function refreshSession(): Promise<void> {
  refreshing ??= alone(exchange).finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

/** A token that is good for at least half a minute, or undefined when nobody is signed in. */
export async function accessToken(): Promise<string | undefined> {
  if (token && token.expiresAt - serverNow() < marginMillis) await refreshSession();
  return token?.text;
}

/** Signs in with e-mail and password. Throws `RequestError`. */
export async function signIn(input: SignInInput): Promise<void> {
  adopt((await ask(SignInDocument, { input })).signIn);
}

/** Signs in with a one-time link and sets a password. Throws `RequestError`. */
export async function redeemSignInLink(input: RedeemSignInLinkInput): Promise<void> {
  adopt((await ask(RedeemSignInLinkDocument, { input })).redeemSignInLink);
}

/** Joins an organisation. Throws `RequestError`. */
export async function acceptInvitation(input: AcceptInvitationInput): Promise<void> {
  adopt((await ask(AcceptInvitationDocument, { input })).acceptInvitation);
}

/** Ends this session, or every session of the person. Throws `RequestError` and stays signed in when it fails. */
export async function signOut(everywhere = false): Promise<void> {
  const current = await accessToken();
  if (everywhere) await ask(SignOutEverywhereDocument, {}, current);
  else await ask(SignOutDocument, {}, current);
  forget();
}

/** Replaces what is shown of the organisation after it was changed. */
export function patchOrganization(organization: Viewer['organization']): void {
  setViewer((now) => (now ? { ...now, organization } : now));
}

/** Whether the person who is signed in may do something, e.g. `connections:write`. */
export function may(scope: string): boolean {
  const scopes = viewer()?.scopes ?? [];
  return scopes.includes(scope) || scopes.includes('*');
}
