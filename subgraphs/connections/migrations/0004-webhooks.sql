-- Addresses to which platforms and partners send by themselves.
create table connections.webhook_endpoint (
  organization_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  -- What stands in the address; nobody can guess it.
  public_id text not null,
  kind text not null,
  name text not null,
  created_at timestamptz not null,
  -- Whether a job works on its deliveries or is about to.
  draining boolean not null default false,
  -- When a sync that deliveries asked for begins.
  sync_at timestamptz,
  last_delivery_at timestamptz,
  -- The last delivery that was not let in, and why.
  refused_at timestamptz,
  refusal text,
  primary key (organization_id, id),
  foreign key (organization_id, connection_id) references connections.connection on delete cascade
);
create unique index webhook_endpoint_public on connections.webhook_endpoint (public_id);
create index webhook_endpoint_connection on connections.webhook_endpoint (organization_id, connection_id);
select runtime.protect('connections.webhook_endpoint');

-- What deliveries are signed with; several while one takes the place of another.
create table connections.webhook_secret (
  organization_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  -- Encrypted.
  sealed text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, endpoint_id) references connections.webhook_endpoint on delete cascade
);
create index webhook_secret_endpoint on connections.webhook_secret (organization_id, endpoint_id);
select runtime.protect('connections.webhook_secret');

-- What came in, as it came.
create table connections.webhook_delivery (
  organization_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  event_id text not null,
  event text not null,
  state text not null check (state in ('WAITING', 'STORED', 'PARTIAL', 'IGNORED', 'FAILED')),
  headers jsonb not null,
  -- The body, packed with gzip.
  content bytea not null,
  bytes integer not null,
  received_at timestamptz not null,
  handled_at timestamptz,
  attempts integer not null default 0,
  rows_stored integer not null default 0,
  rows_refused integer not null default 0,
  errors text[] not null default '{}',
  primary key (organization_id, id),
  foreign key (organization_id, endpoint_id) references connections.webhook_endpoint on delete cascade
);
alter table connections.webhook_delivery alter column content set storage external;
create unique index webhook_delivery_event on connections.webhook_delivery (organization_id, endpoint_id, event_id);
create index webhook_delivery_list on connections.webhook_delivery (organization_id, endpoint_id, id);
create index webhook_delivery_waiting on connections.webhook_delivery (organization_id, endpoint_id, id)
  where state = 'WAITING';
create index webhook_delivery_age on connections.webhook_delivery (received_at);
select runtime.protect('connections.webhook_delivery');
