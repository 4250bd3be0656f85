/** What one asks a person for, e.g. a private key or the name of a shop. */
export interface Field {
  name: string;
  label: string;
  hint?: string;
  /** Kept encrypted and never shown again. */
  secret?: boolean;
  /** Text over several lines, e.g. a private key in PEM form. */
  multiline?: boolean;
  optional?: boolean;
  /** A regular expression that the whole value must match. */
  pattern?: string;
  placeholder?: string;
}

/** Values of fields by name. */
export type Values = Readonly<Record<string, string>>;

/** What a connection is let in with; decrypted only where a request is made or renewed. */
export interface Credential {
  /** What the person typed in. */
  values: Values;
  accessToken?: string;
  refreshToken?: string;
  /** ISO 8601; absent when the platform does not say. */
  expiresAt?: string;
  /** ISO 8601: when the person has to consent again. */
  consentEndsAt?: string;
  /** Scopes that were granted. */
  scopes?: readonly string[];
  /** Other things the platform said with the token that are needed later, e.g. the address of its instance. */
  extra: Values;
}

/** A request before it goes out; `apply` adds what lets it in. Its URL is the platform's real one. */
export interface Outgoing {
  method: string;
  url: URL;
  headers: Record<string, string>;
  /** The form fields, when the body is a form; signatures of OAuth 1.0a cover them. */
  form?: Readonly<Record<string, string>>;
}

interface Method {
  /** e.g. `oauth` or `private_key`; unique within the connector. */
  id: string;
  title: string;
  /** How a person gets what is asked for. */
  hint?: string;
  /** Asked for and kept with the credential, e.g. keys and tokens. */
  fields: readonly Field[];
  /** Lets a request in. `app` is there for methods that need the registered application. */
  apply(request: Outgoing, credential: Credential, app?: OAuthApp): void;
}

/** An application that was registered with a platform. */
export interface OAuthApp {
  clientId: string;
  clientSecret: string;
}

/** A key, a token or a password that works until someone takes it away. */
export interface KeyMethod extends Method {
  kind: 'key';
}

/** Tokens that are made or asked for whenever needed, e.g. client credentials or a signed statement of one's own. */
export interface MintMethod extends Method {
  kind: 'mint';
  /** Asks for or makes a token. `post` goes through the guarded client. Throws what `post` throws. */
  mint(credential: Credential, post: PostForm, now: Date, settings: Values): Promise<TokenAnswer>;
}

/** What a token end point said, in one shape for all platforms. */
export interface TokenAnswer {
  accessToken: string;
  refreshToken?: string;
  expiresInSeconds?: number;
  /** Seconds until the refresh token ends. */
  refreshExpiresInSeconds?: number;
  scopes?: readonly string[];
  extra?: Values;
}

/** Posts to a token end point and gives its JSON. Throws PLATFORM_AUTH with what the platform said, or PLATFORM_UNAVAILABLE. */
export type PostForm = (request: TokenRequest) => Promise<Record<string, unknown>>;

export interface TokenRequest {
  url: string;
  body: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** How the body is written; a form when absent. */
  encoding?: 'form' | 'json';
  method?: 'POST' | 'GET';
}

/** The code flow of OAuth 2.0, with what platforms do differently. */
export interface OAuth2Method extends Method {
  kind: 'oauth2';
  authorizeUrl(settings: Values): string;
  /** `callback` is what the browser came back with; empty when a token is renewed. */
  tokenUrl(settings: Values, callback: Values, extra: Values): string;
  scopes: readonly string[];
  scopeSeparator: ' ' | ',';
  pkce: boolean;
  clientAuth: 'basic' | 'body';
  /** How the token request is written; a form when absent. */
  tokenEncoding?: 'form' | 'json';
  /**
   * Names that differ from the standard ones, e.g. `app_id` for `client_id`; `callbackCode` where the browser brings the
   * code under another name than the token request has it.
   */
  names?: { clientId?: string; clientSecret?: string; code?: string; scope?: string; callbackCode?: string };
  /** Added to the authorize address, e.g. `access_type: offline`. */
  authorizeParameters?: Values;
  /** Added to the token request for a code. */
  tokenParameters?: Values;
  /**
   * How a token is renewed: by a refresh token; by exchanging one that still works for a younger one; not at all.
   * With `exchange` the first token is exchanged at once as well.
   */
  renewal: 'refresh_token' | 'exchange' | 'none';
  /** Fields of an `exchange` request besides the application's. */
  exchange?(credential: Credential): Values;
  /** Seconds a token lives when the answer does not say; null when it lives until revoked. */
  usualLifeSeconds: number | null;
  /** A token is renewed so many seconds before it ends. */
  renewAheadSeconds: number;
  /** Days after which a person has to consent again whatever happens; the answer's own word goes first. */
  consentDays?: number;
  /** Checks the callback beyond its state, e.g. a signature. Throws BAD_USER_INPUT. */
  checkCallback?(callback: Values, settings: Values, app: OAuthApp): void;
  /** Reads the token answer where it is not the standard one. */
  readAnswer?(answer: Record<string, unknown>, callback: Values): TokenAnswer;
}

/** OAuth 1.0a with three legs: tokens do not end, and each request is signed. */
export interface OAuth1Method extends Method {
  kind: 'oauth1';
  requestTokenUrl: string;
  authorizeUrl: string;
  accessTokenUrl: string;
}

/** A page of the shop itself that hands over a key by calling back (WooCommerce). */
export interface GrantMethod extends Method {
  kind: 'grant';
  /** Where the browser is sent. */
  grantUrl(settings: Values, given: { state: string; returnUrl: string; callbackUrl: string; appName: string }): string;
  /** Reads what the shop posted to the callback. Throws BAD_USER_INPUT. */
  readCallback(body: Record<string, unknown>): { state: string; values: Values };
}

export type AuthMethod = KeyMethod | MintMethod | OAuth2Method | OAuth1Method | GrantMethod;

/** Puts an access token into the header as most platforms want it. */
export function bearer(request: Outgoing, credential: Credential): void {
  request.headers['authorization'] = `Bearer ${credential.accessToken ?? ''}`;
}
