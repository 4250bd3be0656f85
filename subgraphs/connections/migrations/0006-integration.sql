-- Tests of connections, of their data and of how sources are told apart, as one report each.
create table connections.integration_run (
  organization_id uuid not null,
  id uuid not null,
  scope text not null check (scope in ('CONNECTION', 'ALL', 'SUITE')),
  state text not null check (state in ('QUEUED', 'RUNNING', 'PASSED', 'WARNING', 'FAILED', 'CANCELLED')),
  connection_ids uuid[] not null,
  requested_by text not null,
  recommendations text[] not null default '{}',
  reason text,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (organization_id, id)
);
select runtime.protect('connections.integration_run');

create table connections.integration_check (
  organization_id uuid not null,
  run_id uuid not null,
  position integer not null,
  -- What was tested goes on being told when the connection is gone.
  connection_id uuid not null,
  connection_name text not null,
  part text not null check (part in ('CONNECTION', 'QUALITY', 'HEALTH', 'SOURCES')),
  name text not null,
  state text not null check (state in ('PASSED', 'WARNING', 'FAILED', 'SKIPPED')),
  milliseconds integer,
  message text not null,
  hint text,
  primary key (organization_id, run_id, position),
  foreign key (organization_id, run_id) references connections.integration_run on delete cascade
);
select runtime.protect('connections.integration_check');
