import type { Principal } from '@liftos/core/context.ts';

/** What `seal` makes of a secret. */
export interface SealedColumns {
  ciphertext: Uint8Array;
  wrapped_key: Uint8Array;
  key_id: string;
}

export interface CredentialTable extends SealedColumns {
  organization_id: string;
  connection_id: string;
  version: number;
  expires_at: Date | null;
  consent_ends_at: Date | null;
  renewed_at: Date;
  renewals: Date[];
  renew_failures: number;
  failed_at: Date | null;
  failure: string | null;
  lease_owner: string | null;
  lease_until: Date | null;
  created_at: Date;
}

export interface OAuthAppTable extends SealedColumns {
  organization_id: string;
  platform: string;
  client_id: string;
  updated_at: Date;
}

export interface OAuthStateTable extends SealedColumns {
  organization_id: string;
  state_hash: string;
  platform: string;
  method: string;
  connection_id: string | null;
  principal: Principal;
  expires_at: Date;
  used_at: Date | null;
}

export interface ConnectionTestTable {
  organization_id: string;
  id: string;
  connection_id: string;
  ok: boolean;
  steps: unknown;
  created_at: Date;
}

export interface CredentialTables {
  'connections.credential': CredentialTable;
  'connections.oauth_app': OAuthAppTable;
  'connections.oauth_state': OAuthStateTable;
  'connections.connection_test': ConnectionTestTable;
}
