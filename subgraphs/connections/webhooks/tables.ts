import type { Generated, Selectable } from 'kysely';
import type { WebhookDeliveryState, WebhookKind } from '../schema.generated.ts';
import type { ConnectionsTables } from '../tables.ts';

interface EndpointTable {
  organization_id: string;
  id: string;
  connection_id: string;
  public_id: string;
  kind: WebhookKind;
  name: string;
  created_at: Date;
  draining: Generated<boolean>;
  sync_at: Generated<Date | null>;
  last_delivery_at: Generated<Date | null>;
  refused_at: Generated<Date | null>;
  refusal: Generated<string | null>;
}

interface SecretTable {
  organization_id: string;
  id: string;
  endpoint_id: string;
  sealed: string;
  created_at: Date;
  expires_at: Date | null;
}

interface DeliveryTable {
  organization_id: string;
  id: string;
  endpoint_id: string;
  event_id: string;
  event: string;
  state: WebhookDeliveryState;
  headers: Record<string, string>;
  content: Uint8Array;
  bytes: number;
  received_at: Date;
  handled_at: Generated<Date | null>;
  attempts: Generated<number>;
  rows_stored: Generated<number>;
  rows_refused: Generated<number>;
  errors: Generated<string[]>;
}

/** The tables of webhooks beside those of connections. */
export interface WebhookTables extends ConnectionsTables {
  'connections.webhook_endpoint': EndpointTable;
  'connections.webhook_secret': SecretTable;
  'connections.webhook_delivery': DeliveryTable;
}

export type EndpointRow = Selectable<EndpointTable>;
export type SecretRow = Selectable<SecretTable>;
export type DeliveryRow = Selectable<DeliveryTable>;
