/** What a statement gave back. */
export interface QueryResult {
  rows: Record<string, unknown>[];
  affectedRows: number;
}

/**
 * Whose rows a statement may see: an organisation's, enforced by row-level security, or null for runtime code that
 * works across organisations (sign-in, job delivery, migrations).
 */
export type Scope = string | null;

/** One transaction. Nothing else runs on it until it ends. */
export interface Session {
  query(text: string, parameters: readonly unknown[]): Promise<QueryResult>;
  /** Runs a script of several statements without parameters. */
  script(text: string): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** A Postgres, embedded or on a server. */
export interface Driver {
  readonly kind: 'embedded' | 'server';
  /** Runs one statement in a transaction of its own. */
  query(scope: Scope, text: string, parameters: readonly unknown[]): Promise<QueryResult>;
  /** Runs a script of several statements without parameters, across organisations. */
  script(text: string): Promise<QueryResult>;
  begin(scope: Scope): Promise<Session>;
  /** Calls back for each notification on a channel until the returned function is called. */
  listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The statements that narrow a transaction to a scope. The id is checked because it is written into the text. */
export function scopeStatements(scope: Scope): string {
  if (scope === null) return '';
  if (!uuid.test(scope)) throw new Error('An organisation id is a UUID.');
  return `set local role liftos_app; set local app.organization = '${scope}';`;
}
