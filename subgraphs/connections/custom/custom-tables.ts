import type { ConnectionTable } from '../tables.ts';

export interface CustomConnectorTable {
  organization_id: string;
  id: string;
  name: string;
  version: number;
  published_version: number | null;
  created_at: Date;
  updated_at: Date;
}

export interface CustomConnectorVersionTable {
  organization_id: string;
  connector_id: string;
  version: number;
  text: string;
  saved_by: string;
  saved_at: Date;
}

/** The tables of custom connectors, and of the connections that use them. */
export interface CustomTables {
  'connections.custom_connector': CustomConnectorTable;
  'connections.custom_connector_version': CustomConnectorVersionTable;
  'connections.connection': ConnectionTable;
}
