// Generated from the .graphql files beside it by `npm run codegen`.
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  federation__Scope: { input: unknown; output: unknown; }
  /** An instant in UTC, ISO 8601 with milliseconds, e.g. `2026-11-20T14:32:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  /** A calendar day without a time zone, `YYYY-MM-DD`. */
  Date: { input: string; output: string; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
};

export type CreateApiKeyInput = {
  name: Scalars['String']['input'];
  /** A subset of what the creator may do. */
  scopes: Array<Scalars['String']['input']>;
  /** At most 365; 90 when absent. */
  expiresInDays?: InputMaybe<Scalars['Int']['input']>;
};

export type AuditFilter = {
  action?: InputMaybe<Scalars['String']['input']>;
  actorId?: InputMaybe<Scalars['ID']['input']>;
  targetId?: InputMaybe<Scalars['ID']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

export type Role =
  /** May do everything, including giving the organisation away. */
  | 'OWNER'
  /** May do everything but change owners. */
  | 'ADMIN'
  /** May connect data and run analyses. */
  | 'ANALYST'
  /** May look. */
  | 'VIEWER';

export type InviteMemberInput = {
  email: Scalars['String']['input'];
  role: Role;
};

export type AcceptInvitationInput = {
  token: Scalars['String']['input'];
  name: Scalars['String']['input'];
  password: Scalars['String']['input'];
};

export type ChangeMemberRoleInput = {
  memberId: Scalars['ID']['input'];
  role: Role;
};

/** What an organisation may change about itself. */
export type UpdateOrganizationInput = {
  name?: InputMaybe<Scalars['String']['input']>;
  currency?: InputMaybe<Scalars['String']['input']>;
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

export type SignInInput = {
  email: Scalars['String']['input'];
  password: Scalars['String']['input'];
};

export type RedeemSignInLinkInput = {
  /** The part of the one-time sign-in address after `token=`. */
  token: Scalars['String']['input'];
  /** A password to set at the same time; required when the account has none yet. */
  password?: InputMaybe<Scalars['String']['input']>;
};

export type ChangePasswordInput = {
  current: Scalars['String']['input'];
  next: Scalars['String']['input'];
};

/** Where a page of a list stands. */
export type PageInfo = {
  /** Whether more items follow `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Pass as `after` to read on; null for an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

/** A partner program's way in. */
export type ApiKey = {
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** The part of the key that may be shown, e.g. `lift_live_8f3a…`. */
  prefix: Scalars['String']['output'];
  scopes: Array<Scalars['String']['output']>;
  createdAt: Scalars['DateTime']['output'];
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Written at most once a minute. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
};

export type CreateApiKeyPayload = {
  apiKey: ApiKey;
  /** The whole key. It is shown this once and stored only as a hash. */
  secret: Scalars['String']['output'];
};

export type RevokeApiKeyPayload = {
  apiKey: ApiKey;
};

export type Query = {
  apiKeys: Array<ApiKey>;
  /** Newest first. */
  auditLog: AuditEntryPage;
  verifyAuditLog: AuditVerification;
  /** Everyone in the organisation, oldest first. */
  members: Array<Member>;
  /** Invitations nobody has accepted yet. */
  invitations: Array<Invitation>;
  /** The organisation of the caller. */
  organization: Organization;
  /** The caller; null when nobody is signed in. */
  viewer?: Maybe<Viewer>;
  /** Where the caller is signed in. */
  sessions: Array<Session>;
};


export type QueryAuditLogArgs = {
  filter?: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  createApiKey: CreateApiKeyPayload;
  /** The key stops working at once. */
  revokeApiKey: RevokeApiKeyPayload;
  inviteMember: InviteMemberPayload;
  revokeInvitation: RevokeInvitationPayload;
  /** Join an organisation with an invitation. */
  acceptInvitation: SessionPayload;
  changeMemberRole: MemberPayload;
  /** Remove a member and end their sessions in this organisation. */
  removeMember: RemoveMemberPayload;
  /** Change the name, currency or time zone of the organisation. */
  updateOrganization: UpdateOrganizationPayload;
  /** Sign in with e-mail and password. */
  signIn: SessionPayload;
  /** Sign in with a one-time link, such as the one printed at the first start. */
  redeemSignInLink: SessionPayload;
  /** Exchange the refresh cookie for a new access token. */
  refreshSession: SessionPayload;
  /** End this session. */
  signOut: SignOutPayload;
  /** End one session of the caller, such as that of a lost telephone. Ending one that has ended changes nothing. */
  endSession: SignOutPayload;
  /** End every session of the caller. */
  signOutEverywhere: SignOutPayload;
  /** Change the caller's password; every other session ends. */
  changePassword: ChangePasswordPayload;
};


export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};


export type MutationRevokeApiKeyArgs = {
  id: Scalars['ID']['input'];
};


export type MutationInviteMemberArgs = {
  input: InviteMemberInput;
};


export type MutationRevokeInvitationArgs = {
  id: Scalars['ID']['input'];
};


export type MutationAcceptInvitationArgs = {
  input: AcceptInvitationInput;
};


export type MutationChangeMemberRoleArgs = {
  input: ChangeMemberRoleInput;
};


export type MutationRemoveMemberArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdateOrganizationArgs = {
  input: UpdateOrganizationInput;
};


export type MutationSignInArgs = {
  input: SignInInput;
};


export type MutationRedeemSignInLinkArgs = {
  input: RedeemSignInLinkInput;
};


export type MutationEndSessionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};

/** One state-changing operation or credential access. Entries form a hash chain. */
export type AuditEntry = {
  /** Position in the organisation's chain, from 1. */
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  /** What was done, e.g. `connection.create`. */
  action: Scalars['String']['output'];
  /** Who did it: `user`, `key` or `system`. */
  actorKind: Scalars['String']['output'];
  actorId?: Maybe<Scalars['ID']['output']>;
  /** A name for people, as it was at the time. */
  actorName: Scalars['String']['output'];
  /** What it was done to, e.g. `connection`. */
  targetKind?: Maybe<Scalars['String']['output']>;
  targetId?: Maybe<Scalars['ID']['output']>;
  details: Scalars['JSON']['output'];
  ip?: Maybe<Scalars['String']['output']>;
  correlationId?: Maybe<Scalars['String']['output']>;
  /** SHA-256 over the previous hash and this entry, in hexadecimal. */
  hash: Scalars['String']['output'];
};

export type AuditEdge = {
  cursor: Scalars['String']['output'];
  node: AuditEntry;
};

export type AuditEntryPage = {
  edges: Array<AuditEdge>;
  pageInfo: PageInfo;
};

/** The outcome of walking the whole chain. */
export type AuditVerification = {
  intact: Scalars['Boolean']['output'];
  entries: Scalars['Int']['output'];
  /** The first entry whose hash does not fit; null when intact. */
  firstBadSequence?: Maybe<Scalars['Int']['output']>;
};

/** A user's place in the organisation. */
export type Member = {
  id: Scalars['ID']['output'];
  user: User;
  role: Role;
  joinedAt: Scalars['DateTime']['output'];
};

export type Invitation = {
  id: Scalars['ID']['output'];
  email: Scalars['String']['output'];
  role: Role;
  expiresAt: Scalars['DateTime']['output'];
  createdAt: Scalars['DateTime']['output'];
};

export type InviteMemberPayload = {
  invitation: Invitation;
  /** The address to hand over; shown once. */
  link: Scalars['String']['output'];
};

export type RevokeInvitationPayload = {
  invitationId: Scalars['ID']['output'];
};

export type MemberPayload = {
  member: Member;
};

export type RemoveMemberPayload = {
  memberId: Scalars['ID']['output'];
};

/** A tenant. Nothing is ever shared between two organisations. */
export type Organization = {
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** ISO 4217 code that totals are shown in. */
  currency: Scalars['String']['output'];
  /** IANA time zone that days are shown in. */
  timeZone: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
};

export type UpdateOrganizationPayload = {
  organization: Organization;
};

/** A person who can sign in. */
export type User = {
  id: Scalars['ID']['output'];
  email: Scalars['String']['output'];
  name: Scalars['String']['output'];
};

/** Who is asking. */
export type Viewer = {
  /** Null when the caller is an API key. */
  user?: Maybe<User>;
  organization: Organization;
  /** Null when the caller is an API key. */
  role?: Maybe<Role>;
  /** What the caller may do, e.g. `data:read`. */
  scopes: Array<Scalars['String']['output']>;
};

/** One signed-in browser or program. */
export type Session = {
  id: Scalars['ID']['output'];
  createdAt: Scalars['DateTime']['output'];
  lastUsedAt: Scalars['DateTime']['output'];
  /** The program that signed in, as it named itself. */
  userAgent?: Maybe<Scalars['String']['output']>;
  ip?: Maybe<Scalars['String']['output']>;
  /** Whether this is the session that asks. */
  current: Scalars['Boolean']['output'];
};

/** A fresh access token. The refresh token travels in an HttpOnly cookie and is never part of an answer. */
export type SessionPayload = {
  /** Send as `Authorization: Bearer …`. */
  accessToken: Scalars['String']['output'];
  /** When the access token ends; refresh before. */
  expiresAt: Scalars['DateTime']['output'];
  viewer: Viewer;
};

export type SignOutPayload = {
  /** How many sessions ended. */
  ended: Scalars['Int']['output'];
};

export type ChangePasswordPayload = {
  viewer: Viewer;
};
