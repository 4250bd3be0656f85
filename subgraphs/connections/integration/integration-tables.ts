import type { CheckState, IntegrationPart, IntegrationScope, IntegrationState } from '../schema.generated.ts';

export interface IntegrationRunTable {
  organization_id: string;
  id: string;
  scope: IntegrationScope;
  state: IntegrationState;
  connection_ids: string[];
  requested_by: string;
  recommendations: string[];
  reason: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

export interface IntegrationCheckTable {
  organization_id: string;
  run_id: string;
  position: number;
  connection_id: string;
  connection_name: string;
  part: IntegrationPart;
  name: string;
  state: CheckState;
  milliseconds: number | null;
  message: string;
  hint: string | null;
}

export interface IntegrationTables {
  'connections.integration_run': IntegrationRunTable;
  'connections.integration_check': IntegrationCheckTable;
}

/** A check before it is stored. */
export type Check = Pick<IntegrationCheckTable, 'part' | 'name' | 'state' | 'milliseconds' | 'message' | 'hint'>;
