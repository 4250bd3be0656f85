-- A plan that was kept under a name, as it was computed, and the decision about it.
create table causal.budget_plan (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  model_id uuid not null,
  -- What was asked for, complete.
  settings jsonb not null,
  -- What was answered, with the model's version and the hash of its data.
  answer jsonb not null,
  mock boolean not null,
  code_version text not null,
  created_at timestamptz not null,
  created_by text not null,
  accepted_at timestamptz,
  accepted_by text,
  note text,
  primary key (organization_id, id),
  check ((accepted_at is null) = (accepted_by is null))
);
select runtime.protect('causal.budget_plan');
create index budget_plan_accepted on causal.budget_plan (organization_id, accepted_at desc) where accepted_at is not null;

-- A question that is answered by a model again and again: its name, and what its next version is trained with.
create table causal.model (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('MIX')),
  -- Features and hyper-parameters, as a training is asked for.
  training jsonb not null,
  -- How versions are tested: count and length of folds, in periods.
  back_test jsonb not null,
  mock boolean not null,
  champion_id uuid,
  created_at timestamptz not null,
  created_by text not null,
  retired_at timestamptz,
  primary key (organization_id, id)
);
select runtime.protect('causal.model');
create unique index model_name on causal.model (organization_id, lower(name)) where retired_at is null;

-- One training of a model: a mix model, and how well the same settings foretold what they had not seen.
create table causal.model_version (
  organization_id uuid not null,
  id uuid not null,
  model_id uuid not null,
  number int not null,
  stage text not null check (stage in ('CANDIDATE', 'CHAMPION', 'FORMER', 'RETIRED')),
  mix_model_id uuid not null,
  training jsonb not null,
  back_test jsonb not null,
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  progress double precision not null default 0,
  inputs jsonb,
  folds jsonb not null default '[]',
  metrics jsonb,
  warnings jsonb not null default '[]',
  error text,
  code_version text not null,
  job_id uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  promoted_at timestamptz,
  compute_millis double precision,
  primary key (organization_id, id),
  unique (organization_id, model_id, number),
  foreign key (organization_id, model_id) references causal.model (organization_id, id)
);
select runtime.protect('causal.model_version');
create unique index model_version_champion on causal.model_version (organization_id, model_id) where stage = 'CHAMPION';

-- What a version said of a period it was not trained on, and what happened.
create table causal.model_accuracy (
  organization_id uuid not null,
  version_id uuid not null,
  period date not null,
  actual double precision not null,
  predicted double precision not null,
  low double precision not null,
  high double precision not null,
  computed_at timestamptz not null,
  primary key (organization_id, version_id, period),
  foreign key (organization_id, version_id) references causal.model_version (organization_id, id)
);
select runtime.protect('causal.model_accuracy');
