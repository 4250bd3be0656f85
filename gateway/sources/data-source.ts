import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { Principal, SessionCookie } from '@liftos/core/context.ts';

/** A GraphQL answer as it stands in JSON. Data may be shared between readers: whoever changes it copies it first. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

/** What one client operation carries to every subgraph it touches. */
export interface RequestContext {
  principal: Principal;
  correlationId: string;
  /** W3C trace context of the operation, passed on to subgraphs. */
  traceparent: string;
  session: SessionCookie;
  /** Aborted when the client leaves or the operation runs out of time. */
  signal: AbortSignal;
}

/** One operation for one subgraph. `key` is the same for the same document, across requests. */
export interface SubgraphRequest {
  key: string;
  document: DocumentNode;
  text: string;
  operationName?: string;
  variables: Record<string, unknown>;
  context: RequestContext;
  timeoutMillis: number;
}

/** Where a subgraph answers: in this process or elsewhere. Rejections mean that it did not answer at all. */
export interface DataSource {
  execute(request: SubgraphRequest): Promise<Answer> | Answer;
  subscribe(request: SubgraphRequest): Promise<AsyncIterable<Answer> | Answer>;
  /** Lets go of connections; nothing may be asked afterwards. */
  close?(): Promise<void>;
}

export type Sources = ReadonlyMap<string, DataSource>;

export function isStream(value: AsyncIterable<Answer> | Answer): value is AsyncIterable<Answer> {
  return Symbol.asyncIterator in value;
}
