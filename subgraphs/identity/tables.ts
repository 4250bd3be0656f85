import type { Role } from './schema.generated.ts';

export interface OrganizationRow {
  organization_id: string;
  name: string;
  currency: string;
  time_zone: string;
  created_at: Date;
}

export interface AccountRow {
  id: string;
  email: string;
  name: string;
  password_hash: string | null;
  created_at: Date;
}

export interface MemberRow {
  organization_id: string;
  id: string;
  account_id: string;
  email: string;
  name: string;
  role: Role;
  joined_at: Date;
}

export interface SessionRow {
  organization_id: string;
  id: string;
  account_id: string;
  refresh_hash: Uint8Array;
  previous_hash: Uint8Array | null;
  sealed_successor: Uint8Array | null;
  rotated_at: Date | null;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  user_agent: string | null;
  ip: string | null;
}

export interface SignInLinkRow {
  organization_id: string;
  token_hash: Uint8Array;
  account_id: string;
  expires_at: Date;
  used_at: Date | null;
}

export interface InvitationRow {
  organization_id: string;
  id: string;
  email: string;
  role: Role;
  token_hash: Uint8Array;
  created_at: Date;
  expires_at: Date;
  accepted_at: Date | null;
  revoked_at: Date | null;
}

export interface ApiKeyRow {
  organization_id: string;
  id: string;
  name: string;
  prefix: string;
  secret_hash: Uint8Array;
  scopes: string[];
  created_by: string;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

export interface AuditRow {
  organization_id: string;
  sequence: number;
  event_sequence: number;
  at: Date;
  action: string;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string;
  target_kind: string | null;
  target_id: string | null;
  details: unknown;
  ip: string | null;
  correlation_id: string | null;
  hash: string;
}

/** The tables of this subgraph. */
export interface IdentityTables {
  'identity.organization': OrganizationRow;
  'identity.account': AccountRow;
  'identity.member': MemberRow;
  'identity.session': SessionRow;
  'identity.sign_in_link': SignInLinkRow;
  'identity.invitation': InvitationRow;
  'identity.api_key': ApiKeyRow;
  'identity.audit_entry': AuditRow;
}
