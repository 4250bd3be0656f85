import type { z } from 'zod';
import type { Basis } from '@liftos/core/ports/memory.ts';
import type { Mapped, Slice } from '../../platforms/connector.ts';
import type { WebhookKind } from '../../schema.generated.ts';
import type { Scheme, SignedRequest } from '../schemes/scheme.ts';

/** Rows of one kind that only come by webhooks. */
export interface WebhookStream<Row = unknown> {
  name: string;
  basis: Basis;
  row: z.ZodType<Row>;
  map(row: Row, slice: Pick<Slice, 'account' | 'now'>): Mapped | null;
}

/** Declares a stream with the type of its rows. */
export function webhookStream<Row>(stream: WebhookStream<Row>): WebhookStream {
  return stream;
}

/** A row of a stream, found in a delivery. */
export interface FoundRow {
  stream: string;
  row?: unknown;
  /** Instead of a row: an answer of the platform's API, from which the stream takes its rows as in a sync. */
  page?: unknown;
  /** Where it stands, for messages, e.g. `orders.3`. */
  at?: string;
  /** When the platform sent it, for rows that do not say when they were changed. */
  version?: Date;
}

/** What a delivery asks for. Nothing at all is fine: there are events that we have no use for. */
export interface Reading {
  rows?: readonly FoundRow[];
  /** The platform only says that something changed: read it soon. */
  sync?: boolean;
  /** The platform no longer lets us in; what a person should know. */
  broken?: string;
  problems?: readonly string[];
}

/** A delivery after its signature was checked. */
export interface Notice {
  event: string;
  headers: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined when it is none. */
  body: unknown;
}

/** A kind of sender as data. */
export interface WebhookSource {
  kind: WebhookKind;
  /** Id of the connector its data belongs to. */
  platform: string;
  scheme: Scheme;
  /** Whether we make the secret, or the platform shows it. */
  secretFrom: 'us' | 'platform';
  /** Headers it reads besides those of the scheme, in lower case. */
  headers: readonly string[];
  /** What identifies the delivery, however often it is sent, and the name of what happened; null when it has no id. */
  identify(headers: SignedRequest['headers'], body: unknown): { id: string | null; event: string };
  read(notice: Notice): Reading;
  /** Streams beside those of the connector. */
  streams?: readonly WebhookStream[];
  /** Whether it only asks if somebody is there; such requests come without a signature. */
  isPing?(request: SignedRequest): boolean;
}

/** A property of something that may be no object at all. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

export function textOf(value: unknown, name: string): string | null {
  const found = fieldOf(value, name);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : null;
}
