-- Connectors that the organisation declares itself.
create table connections.custom_connector (
  organization_id uuid not null,
  id uuid not null,
  -- Of the latest version.
  name text not null,
  version integer not null,
  -- The version that connections run; null while it is a draft only.
  published_version integer,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (organization_id, id)
);
select runtime.protect('connections.custom_connector');

-- Every version that was saved.
create table connections.custom_connector_version (
  organization_id uuid not null,
  connector_id uuid not null,
  version integer not null,
  text text not null,
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (organization_id, connector_id, version),
  foreign key (organization_id, connector_id) references connections.custom_connector on delete cascade
);
select runtime.protect('connections.custom_connector_version');
