create schema connections;
grant usage on schema connections to liftos_app;

create table connections.connection (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  platform text not null,
  mode text not null check (mode in ('LIVE', 'MOCK', 'FILE')),
  -- What the connector needs to know, e.g. the seed and first day of generated data.
  settings jsonb not null,
  currency text not null,
  time_zone text not null,
  schedule text,
  next_run_at timestamptz,
  last_result text not null default 'NEVER'
    check (last_result in ('NEVER', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED')),
  last_sync_at timestamptz,
  created_at timestamptz not null,
  primary key (organization_id, id)
);
create index connection_due on connections.connection (next_run_at) where next_run_at is not null;
select runtime.protect('connections.connection');

create table connections.upload (
  organization_id uuid not null,
  id uuid not null,
  file_name text not null,
  bytes bigint not null,
  sha256 text not null,
  -- Whether all bytes are valid UTF-8, seen while they were received.
  is_utf8 boolean not null,
  created_at timestamptz not null,
  primary key (organization_id, id)
);
select runtime.protect('connections.upload');

create table connections.sync_run (
  organization_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED')),
  trigger text not null check (trigger in ('MANUAL', 'SCHEDULE', 'UPLOAD')),
  -- For file imports: which file, and how its columns are read.
  upload_id uuid,
  plan jsonb,
  reasons text[] not null default '{}',
  notes text[] not null default '{}',
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- When progress was last announced; announcements are throttled across all processes.
  announced_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, connection_id) references connections.connection on delete cascade
);
create unique index sync_run_active on connections.sync_run (organization_id, connection_id)
  where state in ('QUEUED', 'RUNNING');
create index sync_run_connection on connections.sync_run (organization_id, connection_id, id);
select runtime.protect('connections.sync_run');

create table connections.sync_slice (
  organization_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  connection_id uuid not null,
  position integer not null,
  stream text not null,
  first_day date,
  last_day date,
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED')),
  job_id uuid,
  attempts integer not null default 0,
  -- The checkpoint: batches that memory has, and what the connector needs to go on behind them.
  batches integer not null default 0,
  checkpoint jsonb,
  fraction double precision not null default 0,
  rows_read bigint not null default 0,
  rows_accepted bigint not null default 0,
  rows_rejected bigint not null default 0,
  notes text[] not null default '{}',
  reason text,
  primary key (organization_id, id),
  foreign key (organization_id, run_id) references connections.sync_run on delete cascade
);
create index sync_slice_run on connections.sync_slice (organization_id, run_id, position);
select runtime.protect('connections.sync_slice');

-- Rows that were refused.
create table connections.rejected_row (
  organization_id uuid not null,
  run_id uuid not null,
  slice_position integer not null,
  line integer not null,
  column_name text not null default '',
  code text not null,
  message text not null,
  value text,
  primary key (organization_id, run_id, slice_position, line, column_name),
  foreign key (organization_id, run_id) references connections.sync_run on delete cascade
);
select runtime.protect('connections.rejected_row');

-- How far each stream of a connection has been read without a gap.
create table connections.stream_cursor (
  organization_id uuid not null,
  connection_id uuid not null,
  stream text not null,
  last_day date not null,
  primary key (organization_id, connection_id, stream),
  foreign key (organization_id, connection_id) references connections.connection on delete cascade
);
select runtime.protect('connections.stream_cursor');
