-- One search over thousands of shapes of a mix model, and the candidates that no other beats.
create table causal.mix_exploration (
  organization_id uuid not null,
  id uuid not null,
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  progress double precision not null default 0,
  -- What was asked for, and ranges, number of candidates, seed and linear terms.
  choice jsonb not null,
  settings jsonb not null,
  -- What was read and its hash; null until read.
  inputs jsonb,
  -- Measures of all candidates, and the front; null until searched.
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
select runtime.protect('causal.mix_exploration');
