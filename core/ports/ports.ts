import type { Readable } from 'node:stream';
import type { Context, Principal } from '../context.ts';
import type { MemoryPort } from './memory.ts';

/** Takes in files of any size. Owned by connections. */
export interface UploadPort {
  /**
   * Streams a file to disk. Throws QUOTA_EXCEEDED beyond the size limit; a stream that breaks off leaves nothing.
   */
  receive(context: Context, file: UploadedFile): Promise<{ id: string; bytes: number; sha256: string }>;
}

export interface UploadedFile {
  fileName: string;
  contentType: string;
  stream: Readable;
}

export interface Credentials {
  /** The whole `Authorization` header. */
  authorization?: string;
  apiKey?: string;
  ip?: string;
  userAgent?: string;
}

/** Says who a request comes from. Owned by identity. */
export interface IdentityPort {
  /** Anonymous without credentials. Throws UNAUTHENTICATED for credentials that are wrong, expired or revoked. */
  authenticate(credentials: Credentials): Promise<Principal>;
  /** Whether a principal that was authenticated earlier may still act; checked while a subscription is open. */
  stillValid(principal: Principal): Promise<boolean>;
  /** A fresh one-time sign-in token for the first owner as long as nobody has signed in; null afterwards. */
  firstSignIn(): Promise<string | null>;
}

/** What the modules offer each other beside the graph. */
export interface Ports {
  memory: MemoryPort;
  uploads: UploadPort;
  identity: IdentityPort;
}
