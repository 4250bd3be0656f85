-- Connections that read the platform itself, besides generated data and files.
alter table connections.connection drop constraint connection_mode_check;
alter table connections.connection add constraint connection_mode_check
  check (mode in ('AUTO', 'LIVE', 'MOCK', 'HYBRID', 'FILE'));
alter table connections.connection
  -- Whether the platform lets us in, and what a person has to do when it does not.
  add column auth_state text not null default 'NONE' check (auth_state in ('NONE', 'OK', 'EXPIRING', 'BROKEN')),
  add column auth_message text,
  -- Days that data is kept; null for as long as the organisation keeps its data.
  add column retention_days integer check (retention_days between 30 and 3650);

-- What a platform splits its data by.
create table connections.account (
  organization_id uuid not null,
  connection_id uuid not null,
  id text not null,
  name text not null,
  currency text not null,
  time_zone text not null,
  state text not null check (state in ('OK', 'FORBIDDEN', 'SKIPPED')),
  note text,
  extra jsonb not null default '{}',
  -- Whether a person wants it to be read.
  selected boolean not null default true,
  seen_at timestamptz not null,
  primary key (organization_id, connection_id, id),
  foreign key (organization_id, connection_id) references connections.connection on delete cascade
);
select runtime.protect('connections.account');

alter table connections.sync_run drop constraint sync_run_trigger_check;
alter table connections.sync_run add constraint sync_run_trigger_check
  check (trigger in ('MANUAL', 'SCHEDULE', 'UPLOAD', 'REPLAY'));
alter table connections.sync_run
  -- INCREMENTAL goes on from where the last one ended, FULL reads everything again.
  add column scope text not null default 'INCREMENTAL' check (scope in ('INCREMENTAL', 'FULL', 'BACKFILL'));

alter table connections.sync_slice drop constraint sync_slice_state_check;
alter table connections.sync_slice add constraint sync_slice_state_check
  check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED', 'SPLIT'));
alter table connections.sync_slice
  add column source text not null default 'mock' check (source in ('live', 'mock', 'file')),
  add column account_id text not null default '',
  add column account_name text not null default '',
  add column since timestamptz,
  add column until timestamptz,
  -- Lower goes first: names of what figures are about, then fresh days, then the past.
  add column lane integer not null default 1,
  add column page_size integer,
  -- When it goes on, and what it waits for, e.g. a rate limit or a report.
  add column waits_until timestamptz,
  add column waits_for text,
  -- The class of the failure, e.g. `permission`.
  add column failure text,
  add column finished_at timestamptz;

-- How far each stream of each account has been read without a gap.
alter table connections.stream_cursor add column account_id text not null default '';
alter table connections.stream_cursor add column read_until timestamptz;
alter table connections.stream_cursor drop constraint stream_cursor_pkey;
alter table connections.stream_cursor add primary key (organization_id, connection_id, stream, account_id);

-- Until when a platform asked to be left alone.
create table connections.hold (
  organization_id uuid not null,
  connection_id uuid not null,
  until timestamptz not null,
  reason text not null,
  primary key (organization_id, connection_id),
  foreign key (organization_id, connection_id) references connections.connection on delete cascade
);
select runtime.protect('connections.hold');

-- Names of campaigns, ad groups, pipelines: what figures are about.
create table connections.entity (
  organization_id uuid not null,
  connection_id uuid not null,
  account_id text not null,
  type text not null,
  id text not null,
  name text not null,
  parent text,
  status text,
  seen_at timestamptz not null,
  primary key (organization_id, connection_id, account_id, type, id),
  foreign key (organization_id, connection_id) references connections.connection on delete cascade
);
select runtime.protect('connections.entity');

-- Answers as they came, packed, so that a corrected mapping can be applied to the past.
create table connections.raw_page (
  organization_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  run_id uuid not null,
  slice_id uuid not null,
  page integer not null,
  stream text not null,
  account_id text not null,
  -- Without anything secret.
  request text not null,
  -- Where in the slice it stands, as its stream needs to know to read it.
  at jsonb,
  status integer not null,
  rows integer not null,
  bytes integer not null,
  content bytea not null,
  fetched_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, connection_id) references connections.connection on delete cascade
);
alter table connections.raw_page alter column content set storage external;
create index raw_page_run on connections.raw_page (organization_id, run_id, slice_id, page);
create index raw_page_age on connections.raw_page (fetched_at);
select runtime.protect('connections.raw_page');

-- How complete a day of an account is, as attribution and mix models have to know.
create table connections.account_day (
  organization_id uuid not null,
  connection_id uuid not null,
  account_id text not null,
  stream text not null,
  day date not null,
  state text not null check (state in ('COMPLETE', 'PARTIAL', 'MISSING')),
  -- Whether the platform has stopped to change it.
  final boolean not null,
  reason text,
  read_at timestamptz not null,
  primary key (organization_id, connection_id, stream, account_id, day),
  foreign key (organization_id, connection_id) references connections.connection on delete cascade
);
select runtime.protect('connections.account_day');

-- What the platform says a slice sums up to, beside what came in.
create table connections.slice_check (
  organization_id uuid not null,
  slice_id uuid not null,
  connection_id uuid not null,
  metric text not null,
  ours numeric not null,
  theirs numeric not null,
  primary key (organization_id, slice_id, metric),
  foreign key (organization_id, slice_id) references connections.sync_slice on delete cascade
);
select runtime.protect('connections.slice_check');
