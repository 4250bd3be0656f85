import type { ImportPlan } from './csv/import-plan.pure.ts';
import type { DataMode, SyncResult, SyncState, SyncTrigger } from './schema.generated.ts';

/** What a connector needs to know about a connection of generated data. */
export interface MockSettings {
  seed: number;
  /** First day, `YYYY-MM-DD`. */
  from: string;
}

export interface ConnectionTable {
  organization_id: string;
  id: string;
  name: string;
  platform: string;
  mode: DataMode;
  settings: unknown;
  currency: string;
  time_zone: string;
  schedule: string | null;
  next_run_at: Date | null;
  last_result: SyncResult;
  last_sync_at: Date | null;
  created_at: Date;
}

export interface UploadTable {
  organization_id: string;
  id: string;
  file_name: string;
  bytes: number;
  sha256: string;
  is_utf8: boolean;
  created_at: Date;
}

export interface SyncRunTable {
  organization_id: string;
  id: string;
  connection_id: string;
  state: SyncState;
  trigger: SyncTrigger;
  upload_id: string | null;
  plan: ImportPlan | null;
  reasons: string[];
  notes: string[];
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  announced_at: Date | null;
}

export interface SyncSliceTable {
  organization_id: string;
  id: string;
  run_id: string;
  connection_id: string;
  position: number;
  stream: string;
  first_day: string | null;
  last_day: string | null;
  state: SyncState;
  job_id: string | null;
  attempts: number;
  batches: number;
  checkpoint: unknown;
  fraction: number;
  rows_read: number;
  rows_accepted: number;
  rows_rejected: number;
  notes: string[];
  reason: string | null;
}

export interface RejectedRowTable {
  organization_id: string;
  run_id: string;
  slice_position: number;
  line: number;
  column_name: string;
  code: string;
  message: string;
  value: string | null;
}

export interface StreamCursorTable {
  organization_id: string;
  connection_id: string;
  stream: string;
  last_day: string;
}

/** The tables of this subgraph. */
export interface ConnectionsTables {
  'connections.connection': ConnectionTable;
  'connections.upload': UploadTable;
  'connections.sync_run': SyncRunTable;
  'connections.sync_slice': SyncSliceTable;
  'connections.rejected_row': RejectedRowTable;
  'connections.stream_cursor': StreamCursorTable;
}
