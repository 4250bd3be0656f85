-- One training of a mix model with everything needed to show it and to train it again.
create table causal.mix_model (
  organization_id uuid not null,
  id uuid not null,
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  progress double precision not null default 0,
  -- What was asked for, and all priors and sampler settings that came of it.
  choice jsonb not null,
  settings jsonb not null,
  -- What was read and its hash; null until read.
  inputs jsonb,
  -- Diagnosis, parameters, contributions, returns and curves; null until trained.
  result jsonb,
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
select runtime.protect('causal.mix_model');
