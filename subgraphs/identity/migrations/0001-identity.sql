create schema identity;
grant usage on schema identity to liftos_app;

create table identity.organization (
  organization_id uuid primary key,
  name text not null,
  currency text not null,
  time_zone text not null,
  created_at timestamptz not null
);
select runtime.protect('identity.organization');

-- People, across organisations; only sign-in and membership code reads it, never in an organisation's name.
create table identity.account (
  id uuid primary key,
  email text not null,
  name text not null,
  password_hash text,
  created_at timestamptz not null
);
create unique index account_email on identity.account (lower(email));

create table identity.member (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid not null references identity.account,
  -- Copied from the account, so that an organisation can show its members without reading accounts.
  email text not null,
  name text not null,
  role text not null check (role in ('OWNER', 'ADMIN', 'ANALYST', 'VIEWER')),
  joined_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, account_id)
);
create index member_account on identity.member (account_id);
select runtime.protect('identity.member');

create table identity.session (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  refresh_hash bytea not null,
  -- The token before the last rotation, and its successor sealed under it: an answer that got lost can be repeated.
  previous_hash bytea,
  sealed_successor bytea,
  rotated_at timestamptz,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  user_agent text,
  ip text,
  primary key (organization_id, id)
);
create index session_id on identity.session (id);
create index session_account on identity.session (organization_id, account_id) where ended_at is null;
select runtime.protect('identity.session');

create table identity.sign_in_link (
  organization_id uuid not null,
  token_hash bytea not null,
  account_id uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (organization_id, token_hash)
);
create index sign_in_link_token on identity.sign_in_link (token_hash);
select runtime.protect('identity.sign_in_link');

create table identity.invitation (
  organization_id uuid not null,
  id uuid not null,
  email text not null,
  role text not null check (role in ('OWNER', 'ADMIN', 'ANALYST', 'VIEWER')),
  token_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id)
);
create index invitation_token on identity.invitation (token_hash);
select runtime.protect('identity.invitation');

create table identity.api_key (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  prefix text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id)
);
create unique index api_key_secret on identity.api_key (secret_hash);
select runtime.protect('identity.api_key');

create table identity.audit_entry (
  organization_id uuid not null,
  sequence bigint not null,
  event_sequence bigint not null,
  at timestamptz not null,
  action text not null,
  actor_kind text not null,
  actor_id text,
  actor_name text not null,
  target_kind text,
  target_id text,
  details jsonb not null,
  ip text,
  correlation_id text,
  hash text not null,
  primary key (organization_id, sequence)
);
select runtime.protect('identity.audit_entry');
revoke update, delete on identity.audit_entry from liftos_app;

create function identity.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is append-only.';
end $$;
create trigger append_only before update or delete or truncate on identity.audit_entry
  for each statement execute function identity.refuse_change();

-- Attempts in a time window, counted in one statement so that parallel tries cannot slip through.
create table identity.throttle (
  key text primary key,
  window_ends timestamptz not null,
  attempts integer not null
);
