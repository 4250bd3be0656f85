-- Puts a table under row-level security: liftos_app sees and writes only rows of the organisation it speaks for.
create function runtime.protect(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format(
    'create policy organization on %s using (organization_id = nullif(current_setting(''app.organization'', true), '''')::uuid)'
    ' with check (organization_id = nullif(current_setting(''app.organization'', true), '''')::uuid)', target);
  execute format('grant select, insert, update, delete on %s to liftos_app', target);
end $$;

grant usage on schema runtime to liftos_app;

-- The last event number of each organisation. Its row lock makes numbers gap-free in the order of commits.
create table runtime.event_sequence (
  organization_id uuid primary key,
  last bigint not null
);
select runtime.protect('runtime.event_sequence');

create table runtime.event (
  organization_id uuid not null,
  sequence bigint not null,
  at timestamptz not null default clock_timestamp(),
  topic text not null,
  subject_kind text,
  subject_id text,
  summary text,
  actor jsonb not null,
  correlation_id text,
  payload jsonb not null,
  -- Whether it belongs in the audit log.
  audited boolean not null,
  primary key (organization_id, sequence)
);
create index event_subject on runtime.event (organization_id, subject_id, sequence);
select runtime.protect('runtime.event');

-- How far each durable consumer has come in each organisation.
create table runtime.event_cursor (
  consumer text not null,
  organization_id uuid not null,
  sequence bigint not null,
  attempts integer not null default 0,
  retry_at timestamptz,
  primary key (consumer, organization_id)
);

-- Events a consumer gave up on.
create table runtime.event_failure (
  consumer text not null,
  organization_id uuid not null,
  sequence bigint not null,
  error jsonb not null,
  failed_at timestamptz not null default now(),
  primary key (consumer, organization_id, sequence)
);

create table runtime.job (
  organization_id uuid not null,
  id uuid not null,
  type text not null,
  state text not null check (state in ('queued', 'running', 'retrying', 'succeeded', 'failed', 'cancelled')),
  attempt integer not null default 0,
  max_attempts integer not null,
  owner text not null,
  subject_kind text,
  subject_id text,
  payload jsonb not null,
  progress double precision,
  error jsonb,
  -- The delivery in the queue that runs it next or ran it last.
  ticket uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (organization_id, id)
);
create index job_subject on runtime.job (organization_id, subject_id);
create index job_state on runtime.job (organization_id, state, created_at);
select runtime.protect('runtime.job');

create table runtime.job_log (
  organization_id uuid not null,
  job_id uuid not null,
  sequence integer not null,
  at timestamptz not null default clock_timestamp(),
  level text not null,
  message text not null,
  attempt integer not null,
  primary key (organization_id, job_id, sequence)
);
select runtime.protect('runtime.job_log');

select runtime.protect('runtime.event_cursor');
select runtime.protect('runtime.event_failure');

-- Installation-wide values, such as keys made at the first start.
create table runtime.setting (
  name text primary key,
  value jsonb not null
);
