import { json, type Answer } from './answer.pure.ts';
import type { DoubleRequest } from './request.ts';
import type { Grant, Refusal } from './tokens.ts';

/** Where something of OAuth is served; the first host of the double when none is named. */
export interface Place {
  host?: string;
  path: string;
}

/** What happens to the refresh token when it is used. */
export type Rotation =
  /** There is none. */
  | 'none'
  /** It stays; the answer carries none. */
  | 'kept'
  /** A new one comes, the old one is dead at once. */
  | 'always'
  /** A new one comes; the old one lives until the new one is used first. */
  | 'gentle';

/** What a token endpoint sends besides the tokens. */
export interface TokenAnswer {
  access_token: string;
  token_type: string;
  expires_in?: number;
  refresh_token?: string;
  refresh_token_expires_in?: number;
  scope?: string;
  [name: string]: unknown;
}

/** A platform's OAuth 2 in its peculiarities; defaults are those of the standard. */
export interface OAuthOptions {
  clientId: string;
  clientSecret: string;
  authorize?: Place;
  token: Place;
  /** The token endpoint may be asked with GET. */
  tokenByGet?: boolean;
  revoke?: Place;
  /** Where the client says who it is; the body when absent, form or JSON. */
  clientAuth?: 'basic' | 'body' | 'either';
  pkce?: 'required' | 'accepted' | 'none';
  scopeSeparator?: ' ' | ',';
  /** Scopes the platform knows; others are refused on the page. Absent: any. */
  scopes?: readonly string[];
  grants?: readonly ('authorization_code' | 'refresh_token' | 'client_credentials')[];
  /** Life of an access token; null for ever. */
  accessSeconds: number | null;
  /** Leave `expires_in` out of the answer although the token ends. */
  hidesExpiry?: boolean;
  codeSeconds?: number;
  /** The token endpoint does not ask for the redirect address; one that is sent must fit all the same. */
  redirectUriOptional?: boolean;
  rotation: Rotation;
  /** Life of a refresh token; null for ever. */
  refreshSeconds?: number | null;
  /** Each use gives the kept refresh token its whole life again. */
  refreshLivesOn?: boolean;
  /** A new refresh token lives as long as the first one would have. */
  refreshNotRolling?: boolean;
  /** The refresh token is only given when this was asked for at the authorize page, e.g. `access_type=offline`. */
  offline?: { name: string; value: string };
  /** Names that differ from the standard. */
  names?: { clientId?: string; clientSecret?: string; code?: string };
  /** Form of the tokens, made from a random text. */
  accessToken?(secret: string): string;
  refreshToken?(secret: string): string;
  /** Parameters beside code and state on the way back. */
  callback?(context: {
    request: DoubleRequest;
    grant: Grant;
    code: string;
    parameters: URLSearchParams;
  }): Record<string, string>;
  /** The answer of the token endpoint in the platform's form. */
  answer?(standard: TokenAnswer, context: { request: DoubleRequest; grant: Grant; now: number }): unknown;
  /** Errors of the token endpoint in the platform's form. */
  error?(code: string, description: string, request: DoubleRequest): Answer;
  /** Another grant type of the platform; null when it is not one of its own. */
  otherGrant?(type: string, input: URLSearchParams, context: OtherGrant): Answer | null;
}

/** What a grant type of a platform's own needs. */
export interface OtherGrant {
  request: DoubleRequest;
  check(token: string | null): Grant | Refusal;
  issue(grant: Grant, seconds: number | null): string;
  fail(code: string, description: string): Answer;
}

/** The standard's error body. */
export function oauthError(code: string, description: string): Answer {
  return json({ error: code, error_description: description }, code === 'invalid_client' ? 401 : 400);
}
