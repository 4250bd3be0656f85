-- One stored result computed again from what is stored today, and how the two compare.
create table causal.reproduction (
  organization_id uuid not null,
  id uuid not null,
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  progress double precision not null default 0,
  -- What is computed again.
  kind text not null,
  subject_id uuid not null,
  -- Null until computed.
  identical boolean,
  same_data boolean,
  largest_difference double precision,
  error text,
  code_version text not null,
  job_id uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  compute_millis double precision,
  primary key (organization_id, id)
);
select runtime.protect('causal.reproduction');
