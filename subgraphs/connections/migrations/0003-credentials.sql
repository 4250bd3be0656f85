-- What connections are let in with. A data key of its own seals each row; a key of the ring wraps the data key.
create table connections.credential (
  organization_id uuid not null,
  connection_id uuid not null,
  ciphertext bytea not null,
  wrapped_key bytea not null,
  -- The key of the ring that the data key is wrapped with.
  key_id text not null,
  -- Grows with each change of what is sealed.
  version integer not null default 1,
  expires_at timestamptz,
  consent_ends_at timestamptz,
  renewed_at timestamptz not null,
  -- Renewals of the last minute.
  renewals timestamptz[] not null default '{}',
  renew_failures integer not null default 0,
  failed_at timestamptz,
  failure text,
  -- Who renews it now, and until when nobody else may.
  lease_owner uuid,
  lease_until timestamptz,
  created_at timestamptz not null,
  primary key (organization_id, connection_id),
  foreign key (organization_id, connection_id) references connections.connection on delete cascade
);
create index credential_key on connections.credential (key_id);
create index credential_consent on connections.credential (consent_ends_at) where consent_ends_at is not null;
select runtime.protect('connections.credential');

-- Applications that the organisation registered with platforms.
create table connections.oauth_app (
  organization_id uuid not null,
  platform text not null,
  client_id text not null,
  ciphertext bytea not null,
  wrapped_key bytea not null,
  key_id text not null,
  updated_at timestamptz not null,
  primary key (organization_id, platform)
);
create index oauth_app_key on connections.oauth_app (key_id);
select runtime.protect('connections.oauth_app');

-- Logins at platforms that have begun; each can be finished once.
create table connections.oauth_state (
  organization_id uuid not null,
  -- SHA-256 of the state in hexadecimal.
  state_hash text not null,
  platform text not null,
  method text not null,
  -- The connection that is let in again; null for a new one.
  connection_id uuid,
  principal jsonb not null,
  -- Verifier, secrets and what the new connection will be.
  ciphertext bytea not null,
  wrapped_key bytea not null,
  key_id text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (organization_id, state_hash),
  foreign key (organization_id, connection_id) references connections.connection on delete cascade
);
create unique index oauth_state_hash on connections.oauth_state (state_hash);
create index oauth_state_key on connections.oauth_state (key_id);
create index oauth_state_end on connections.oauth_state (expires_at);
select runtime.protect('connections.oauth_state');

-- Tests of connections; the last twenty of each.
create table connections.connection_test (
  organization_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  ok boolean not null,
  steps jsonb not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, connection_id) references connections.connection on delete cascade
);
create index connection_test_list on connections.connection_test (organization_id, connection_id, id);
select runtime.protect('connections.connection_test');
