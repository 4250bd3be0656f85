-- What conversions and revenue of a source are; the same sale may arrive on each basis.
alter table memory.entity add column basis text not null default 'claimed'
  check (basis in ('claimed', 'booked', 'paid'));

-- Things with an identity of their own, whose sums are kept as facts. The id is a hash of source and key.
create table memory.item (
  organization_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  source_kind text not null check (source_kind in ('live', 'mock', 'file')),
  stream text not null,
  basis text not null check (basis in ('claimed', 'booked', 'paid')),
  key text not null,
  kind text not null,
  date date not null,
  occurred_at timestamptz not null,
  updated_at timestamptz,
  deleted boolean not null,
  channel text,
  campaign text,
  ad_group text,
  ad text,
  currency text not null,
  spend bigint not null,
  impressions double precision not null,
  clicks double precision not null,
  conversions double precision not null,
  revenue bigint not null,
  -- A JSON object, kept as it was sent.
  details text not null,
  -- The entity whose fact of that day it is part of; null for what adds to none.
  entity_id uuid,
  batch_id uuid not null,
  ingested_at timestamptz not null,
  primary key (organization_id, id)
);
-- Lists are read per kind and merged, so that one index serves any choice of kinds.
create index item_kind on memory.item (organization_id, kind, date, id);
create index item_connection on memory.item (organization_id, connection_id, date, id);
create index item_fact on memory.item (organization_id, entity_id, date, id) where entity_id is not null;
select runtime.protect('memory.item');

alter table memory.ingest_batch drop constraint ingest_batch_kind_check;
alter table memory.ingest_batch add constraint ingest_batch_kind_check check (kind in ('records', 'journeys', 'items'));
alter table memory.coverage add column items bigint not null default 0;
alter table memory.data_export add column items bigint not null default 0;
