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
  /** Of the session cookie, for a browser that comes back from elsewhere and can send no header. Never for operations. */
  refreshToken?: string;
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

/** A file of an export that somebody asks for, with the token of a link or by their own credentials. */
export interface ExportRequest {
  exportId: string;
  file: string;
  token?: string;
}

export interface ExportedFile {
  name: string;
  contentType: string;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
  stream: Readable;
}

/** Gives out files of exports. Owned by memory. */
export interface ExportPort {
  /** Throws NOT_FOUND for what is not the caller's, UNAUTHENTICATED and FORBIDDEN without link and permission. */
  open(context: Context, request: ExportRequest): Promise<ExportedFile>;
}

/** What somebody sent to an address for webhooks, as it came. */
export interface WebhookRequest {
  /** The public id in the address. */
  endpointId: string;
  method: string;
  /** The address as the sender wrote it; some platforms sign it. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** Takes in what platforms and partners send by themselves. Owned by connections. */
export interface WebhookPort {
  /**
   * Checks the signature and keeps the delivery; what it says is worked on later. `repeated` when there was nothing
   * new to keep. Throws NOT_FOUND for an unknown address, UNAUTHENTICATED for a signature that does not hold, and
   * BAD_USER_INPUT for one that is too old.
   */
  receive(request: WebhookRequest): Promise<{ repeated: boolean }>;
}

/** Finishes logins at platforms. Owned by connections. */
export interface LoginPort {
  /**
   * Takes what a browser came back with from a platform, names and values; only the person who began the login can
   * finish it. Gives the path in the client to go on at; failures are told in it and never thrown.
   * @param person who is signed in in that browser; anonymous when nobody is
   */
  finish(parameters: Readonly<Record<string, string>>, person: Principal): Promise<{ path: string }>;
  /**
   * Takes a key that a shop hands over by itself. Throws BAD_USER_INPUT for a body that is none, NOT_FOUND for one that
   * nobody asked for.
   */
  grant(platform: string, body: Readonly<Record<string, unknown>>): Promise<void>;
}

/** What the modules offer each other beside the graph. */
export interface Ports {
  memory: MemoryPort;
  uploads: UploadPort;
  webhooks: WebhookPort;
  logins: LoginPort;
  exports: ExportPort;
  identity: IdentityPort;
}
