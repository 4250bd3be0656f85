-- How long an organisation keeps its data; without a row, for ever.
create table memory.retention (
  organization_id uuid primary key,
  days integer check (days between 30 and 3650),
  next_run_at timestamptz,
  last_run_at timestamptz
);
create index retention_due on memory.retention (next_run_at) where next_run_at is not null;
select runtime.protect('memory.retention');

-- What retention and lineage look for first.
create index journey_block_age on memory.journey_block (organization_id, first_date);
