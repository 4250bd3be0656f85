import type { ImportPlan } from './csv/import-plan.pure.ts';
import type { SourceKind } from '@liftos/core/ports/memory.ts';
import type { FailureClass } from './platforms/connector.ts';
import type { Values } from './platforms/auth-method.ts';
import type { MockRegions } from './mock/regional-world.pure.ts';
import type { AuthState, DataMode, SyncResult, SyncScope, SyncState, SyncTrigger } from './schema.generated.ts';

/** What a connector needs to know about a connection of generated data. */
export interface MockSettings {
  seed: number;
  /** First day, `YYYY-MM-DD`. */
  from: string;
  /** Split by market; absent for figures of the whole country. */
  regions?: MockRegions;
}

/** What the engine needs to know about a connection to a platform; for its generated twin too. */
export interface LiveSettings extends MockSettings {
  /** Fields of the connector's `settings`. */
  values: Values;
  /** The way it is let in, one of the connector's `auth`. */
  method: string;
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
  auth_state: AuthState;
  auth_message: string | null;
  retention_days: number | null;
}

export interface AccountTable {
  organization_id: string;
  connection_id: string;
  id: string;
  name: string;
  currency: string;
  time_zone: string;
  state: 'OK' | 'FORBIDDEN' | 'SKIPPED';
  note: string | null;
  extra: Values;
  selected: boolean;
  seen_at: Date;
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
  scope: SyncScope;
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
  source: SourceKind;
  account_id: string;
  account_name: string;
  since: Date | null;
  until: Date | null;
  lane: number;
  page_size: number | null;
  waits_until: Date | null;
  waits_for: string | null;
  failure: FailureClass | null;
  finished_at: Date | null;
}

/** Lanes of slices: lower goes first. */
export const lanes = { entities: 0, fresh: 1, past: 2 } as const;

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
  account_id: string;
  last_day: string;
  read_until: Date | null;
}

export interface HoldTable {
  organization_id: string;
  connection_id: string;
  until: Date;
  reason: string;
}

export interface EntityTable {
  organization_id: string;
  connection_id: string;
  account_id: string;
  type: string;
  id: string;
  name: string;
  parent: string | null;
  status: string | null;
  seen_at: Date;
}

export interface RawPageTable {
  organization_id: string;
  id: string;
  connection_id: string;
  run_id: string;
  slice_id: string;
  page: number;
  stream: string;
  account_id: string;
  request: string;
  at: unknown;
  status: number;
  rows: number;
  bytes: number;
  content: Uint8Array;
  fetched_at: Date;
}

export interface AccountDayTable {
  organization_id: string;
  connection_id: string;
  account_id: string;
  stream: string;
  day: string;
  state: 'COMPLETE' | 'PARTIAL' | 'MISSING';
  final: boolean;
  reason: string | null;
  read_at: Date;
}

export interface SliceCheckTable {
  organization_id: string;
  slice_id: string;
  connection_id: string;
  metric: string;
  /** Numbers without loss, as text. */
  ours: string;
  theirs: string;
}

/** The tables of this subgraph. */
export interface ConnectionsTables {
  'connections.connection': ConnectionTable;
  'connections.upload': UploadTable;
  'connections.sync_run': SyncRunTable;
  'connections.sync_slice': SyncSliceTable;
  'connections.rejected_row': RejectedRowTable;
  'connections.stream_cursor': StreamCursorTable;
  'connections.account': AccountTable;
  'connections.hold': HoldTable;
  'connections.entity': EntityTable;
  'connections.raw_page': RawPageTable;
  'connections.account_day': AccountDayTable;
  'connections.slice_check': SliceCheckTable;
}
