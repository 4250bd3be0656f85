export interface WorkerOptions {
  /** Folder on disk; in memory when absent. */
  dataDir?: string;
  /** A gzipped data directory to start from, when `dataDir` is new. */
  template?: Uint8Array<ArrayBuffer>;
}

/** `before` is a script that runs first, e.g. to begin a transaction. */
export type Request = { id: number } & (
  | { kind: 'query'; text: string; parameters: readonly unknown[]; before?: string }
  | { kind: 'scoped'; before: string; text: string; parameters: readonly unknown[] }
  | { kind: 'script'; text: string; before?: string }
  | { kind: 'listen' | 'unlisten'; channel: string }
  | { kind: 'dump' | 'close' }
);

export type Reply =
  | { ready: true }
  | { notification: string; payload: string }
  | { id: number; value: unknown }
  | { id: number; error: Failure };

export interface Failure {
  message: string;
  code?: string;
  constraint?: string;
  table?: string;
}

/** The parts of a database error that are safe to keep: neither the statement nor its values. */
export function failure(error: unknown): Failure {
  const { message, code, constraint, table } = error as Failure;
  return {
    message,
    ...(code ? { code } : {}),
    ...(constraint ? { constraint } : {}),
    ...(table ? { table } : {}),
  };
}

/** An error of the database with Postgres' own code, e.g. 23505 for a duplicate. */
export class DatabaseError extends Error {
  readonly code: string | undefined;
  readonly constraint: string | undefined;

  constructor({ message, code, constraint }: Failure, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseError';
    this.code = code;
    this.constraint = constraint;
  }
}

/** Whether an error says that a row breaks the unique constraint named. */
export function isDuplicate(error: unknown, constraint?: string): boolean {
  if (!(error instanceof DatabaseError) || error.code !== '23505') return false;
  return constraint === undefined || error.constraint === constraint;
}
