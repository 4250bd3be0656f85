-- A copy of all data of an organisation, as files to download until it expires.
create table memory.data_export (
  organization_id uuid not null,
  id uuid not null,
  format text not null check (format in ('CSV', 'JSON_LINES')),
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  reason text,
  requested_by text not null,
  -- Signs the links to the files of this export; dies with it.
  link_key text not null,
  records bigint not null default 0,
  journeys bigint not null default 0,
  files jsonb not null default '[]',
  created_at timestamptz not null,
  finished_at timestamptz,
  expires_at timestamptz not null,
  primary key (organization_id, id)
);
create index data_export_expiry on memory.data_export (expires_at);
select runtime.protect('memory.data_export');
