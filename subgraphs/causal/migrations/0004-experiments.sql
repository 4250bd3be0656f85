-- What an experiment found of a channel, as mix models and the comparison of attribution take it.
create table causal.calibration (
  organization_id uuid not null,
  id uuid not null,
  channel text not null,
  -- Null for all of them.
  region text,
  first_day date not null,
  last_day date not null,
  kpi text not null check (kpi in ('REVENUE', 'CONVERSIONS')),
  basis text not null check (basis in ('CLAIMED', 'BOOKED', 'PAID')),
  currency text not null,
  -- Per day, whole currency units.
  spend double precision not null check (spend >= 0),
  spend_change double precision not null check (spend_change <> 0),
  kpi_change double precision not null,
  standard_error double precision not null check (standard_error > 0),
  method text not null,
  source_kinds text[] not null,
  origin text not null check (origin in ('EXPERIMENT', 'LIFT_EVALUATION', 'MANUAL')),
  origin_id uuid,
  note text,
  created_by text not null,
  created_at timestamptz not null,
  -- No longer offered to models; those that used it keep it.
  retired_at timestamptz,
  primary key (organization_id, id),
  check (first_day <= last_day),
  check (spend + spend_change >= 0)
);
create unique index calibration_origin on causal.calibration (organization_id, origin, origin_id, channel, kpi)
  nulls distinct where retired_at is null;
select runtime.protect('causal.calibration');

-- An experiment with what was planned, what was found when it was decided, and why.
create table causal.experiment (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  hypothesis text not null,
  kind text not null check (kind in ('AB', 'GEO')),
  state text not null check (state in ('DRAFT', 'DESIGNED', 'RUNNING', 'STOPPED', 'COMPLETED', 'DECIDED')),
  -- Metric, arms or markets, error rates.
  settings jsonb not null,
  -- Sample size or markets with power, and how they were found; null until designed.
  design jsonb,
  -- Salt of the assignment.
  salt text not null,
  started_on date,
  -- Inclusive, as planned; when stopped, the last day that counts.
  ends_on date,
  -- The analysis as it was decided upon, and what was decided; null before.
  result jsonb,
  decision jsonb,
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organization_id, id)
);
select runtime.protect('causal.experiment');

-- What was counted of one arm and metric from the start up to the end of a day.
create table causal.experiment_observation (
  organization_id uuid not null,
  experiment_id uuid not null,
  metric text not null,
  arm text not null,
  day date not null,
  n double precision not null check (n >= 0),
  -- Sums, sums of squares and of products of the variables of the metric.
  sums jsonb not null,
  primary key (organization_id, experiment_id, metric, arm, day)
);
select runtime.protect('causal.experiment_observation');

-- Batches of observations that were taken in, so that sending one again changes nothing.
create table causal.experiment_batch (
  organization_id uuid not null,
  experiment_id uuid not null,
  batch_id text not null,
  hash text not null,
  received_at timestamptz not null,
  primary key (organization_id, experiment_id, batch_id)
);
select runtime.protect('causal.experiment_batch');

-- One search for the markets of a geo test.
create table causal.market_selection (
  organization_id uuid not null,
  id uuid not null,
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  progress double precision not null default 0,
  experiment_id uuid,
  settings jsonb not null,
  inputs jsonb,
  designs jsonb not null default '[]',
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
select runtime.protect('causal.market_selection');
