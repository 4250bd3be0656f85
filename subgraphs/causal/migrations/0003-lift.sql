-- A panel that was given with an evaluation, kept apart so that lists of evaluations stay light.
create table causal.lift_panel (
  organization_id uuid not null,
  id uuid not null,
  -- Columns and treatments, as they were given.
  panel jsonb not null,
  primary key (organization_id, id)
);
select runtime.protect('causal.lift_panel');

-- One evaluation of a treatment with everything needed to show it and to compute it again.
create table causal.lift_evaluation (
  organization_id uuid not null,
  id uuid not null,
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  progress double precision not null default 0,
  -- What was asked for, complete.
  choice jsonb not null,
  -- The panel, unless records are read.
  panel_id uuid,
  -- What was read and its hash; null until read.
  inputs jsonb,
  -- Effects, series, placebos, refutations; null until computed.
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
select runtime.protect('causal.lift_evaluation');
