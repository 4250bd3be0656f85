import type { Basis, ItemKind, RecordFlaw, SourceKind } from '@liftos/core/ports/memory.ts';

export interface IngestBatchTable {
  organization_id: string;
  id: string;
  connection_id: string;
  source_kind: SourceKind;
  stream: string;
  kind: 'records' | 'journeys' | 'items';
  sync_run_id: string | null;
  inserted: number;
  updated: number;
  unchanged: number;
  first_date: string | null;
  last_date: string | null;
  ingested_at: Date;
  quality: number | null;
  assessment: BatchAssessment | null;
}

/** Of a batch of daily records. */
export interface BatchAssessment {
  flaws: Partial<Record<RecordFlaw, number>>;
  insights: string[];
}

export interface EntityTable {
  organization_id: string;
  id: string;
  connection_id: string;
  source_kind: SourceKind;
  stream: string;
  channel: string;
  campaign: string | null;
  ad_group: string | null;
  ad: string | null;
  basis: Basis;
  region: string | null;
  account: string | null;
}

export interface FactTable {
  organization_id: string;
  date: string;
  entity_id: string;
  batch_id: string;
  ingested_at: Date;
  currency: string;
  /** Micros; select as text. */
  spend: string;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: string;
}

export interface ItemTable {
  organization_id: string;
  id: string;
  connection_id: string;
  source_kind: SourceKind;
  stream: string;
  basis: Basis;
  key: string;
  kind: ItemKind;
  date: string;
  occurred_at: Date;
  updated_at: Date | null;
  deleted: boolean;
  channel: string | null;
  campaign: string | null;
  ad_group: string | null;
  ad: string | null;
  currency: string;
  /** Micros; select as text. */
  spend: string;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: string;
  details: string;
  region: string | null;
  entity_id: string | null;
  batch_id: string;
  ingested_at: Date;
}

export interface JourneyBlockTable {
  organization_id: string;
  id: string;
  batch_id: string;
  connection_id: string;
  source_kind: SourceKind;
  journeys: number;
  replaced: number[];
  first_date: string | null;
  last_date: string | null;
  channels: string[];
  campaigns: string[];
  currencies: string[];
  content: Uint8Array;
}

export interface JourneyKeyTable {
  organization_id: string;
  key: string;
  block_id: string;
  position: number;
  content: number;
}

export interface CoverageTable {
  organization_id: string;
  connection_id: string;
  source_kind: SourceKind;
  records: number;
  journeys: number;
  items: number;
  first_date: string | null;
  last_date: string | null;
  last_ingested_at: Date;
}

export interface RetentionTable {
  organization_id: string;
  days: number | null;
  next_run_at: Date | null;
  last_run_at: Date | null;
}

/** A file of an export as it is stored with it. */
export interface StoredFile {
  name: string;
  rows: number;
  bytes: number;
  sha256: string;
}

export interface DataExportTable {
  organization_id: string;
  id: string;
  format: 'CSV' | 'JSON_LINES';
  state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason: string | null;
  requested_by: string;
  link_key: string;
  records: number;
  journeys: number;
  items: number;
  files: StoredFile[];
  created_at: Date;
  finished_at: Date | null;
  expires_at: Date;
}

/** The tables of this subgraph. */
export interface MemoryTables {
  'memory.ingest_batch': IngestBatchTable;
  'memory.entity': EntityTable;
  'memory.fact': FactTable;
  'memory.item': ItemTable;
  'memory.journey_block': JourneyBlockTable;
  'memory.journey_key': JourneyKeyTable;
  'memory.coverage': CoverageTable;
  'memory.retention': RetentionTable;
  'memory.data_export': DataExportTable;
}
