create schema memory;
grant usage on schema memory to liftos_app;

-- A batch of rows as it arrived. Its id comes from the sender, so that the same batch sent again is recognised.
create table memory.ingest_batch (
  organization_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  source_kind text not null check (source_kind in ('live', 'mock', 'file')),
  stream text not null,
  kind text not null check (kind in ('records', 'journeys')),
  sync_run_id uuid,
  inserted integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  first_date date,
  last_date date,
  ingested_at timestamptz not null,
  primary key (organization_id, id)
);
create index ingest_batch_time on memory.ingest_batch (organization_id, ingested_at, id);
create index ingest_batch_connection on memory.ingest_batch (organization_id, connection_id, ingested_at, id);
select runtime.protect('memory.ingest_batch');

-- What daily figures are about. The id is a hash of everything else, so that facts need no look-up to be stored.
create table memory.entity (
  organization_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  source_kind text not null,
  stream text not null,
  channel text not null,
  campaign text,
  ad_group text,
  ad text,
  primary key (organization_id, id)
);
create index entity_connection on memory.entity (organization_id, connection_id);
select runtime.protect('memory.entity');

-- Figures of one entity on one day; money in micros. Led by the day: ranges are contiguous in the one index there is.
create table memory.fact (
  organization_id uuid not null,
  date date not null,
  entity_id uuid not null,
  batch_id uuid not null,
  ingested_at timestamptz not null,
  currency text not null,
  spend bigint not null,
  impressions double precision not null,
  clicks double precision not null,
  conversions double precision not null,
  revenue bigint not null,
  primary key (organization_id, date, entity_id)
);
select runtime.protect('memory.fact');

-- Journeys that arrived together, in compressed columns: a model reads all of them or a range, never single ones.
create table memory.journey_block (
  organization_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  connection_id uuid not null,
  source_kind text not null,
  journeys integer not null,
  -- Positions whose journey now stands in a later block.
  replaced integer[] not null default '{}',
  first_date date,
  last_date date,
  channels text[] not null,
  campaigns text[] not null,
  currencies text[] not null,
  content bytea not null,
  primary key (organization_id, id)
);
alter table memory.journey_block alter column content set storage external;
create index journey_block_connection on memory.journey_block (organization_id, connection_id);
select runtime.protect('memory.journey_block');

-- Where a journey stands, so that one that is sent again replaces the copy that is there. Key and content are hashes.
create table memory.journey_key (
  organization_id uuid not null,
  key uuid not null,
  block_id uuid not null,
  position integer not null,
  content bigint not null,
  primary key (organization_id, key)
);
select runtime.protect('memory.journey_key');

-- What is stored per connection, counted as it arrives.
create table memory.coverage (
  organization_id uuid not null,
  connection_id uuid not null,
  source_kind text not null,
  records bigint not null,
  journeys bigint not null,
  first_date date,
  last_date date,
  last_ingested_at timestamptz not null,
  primary key (organization_id, connection_id, source_kind)
);
select runtime.protect('memory.coverage');
