create schema causal;
grant usage on schema causal to liftos_app;

-- One stored computation with everything needed to show it and to compute it again.
create table causal.attribution_run (
  organization_id uuid not null,
  id uuid not null,
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  progress double precision not null default 0,
  settings jsonb not null,
  -- Totals of what was read and its hash; null until computed.
  inputs jsonb,
  results jsonb not null default '[]',
  agreement jsonb not null default '[]',
  warnings jsonb not null default '[]',
  error text,
  code_version text not null,
  job_id uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  compute_millis double precision,
  primary key (organization_id, id)
);
select runtime.protect('causal.attribution_run');
