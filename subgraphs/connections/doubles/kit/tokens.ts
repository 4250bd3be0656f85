import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';

/** What a user allowed. */
export interface Grant {
  id: number;
  scopes: readonly string[];
  /** Ids of the accounts the user chose; null for all. */
  accounts: readonly string[] | null;
}

interface Token {
  grant: Grant;
  kind: 'access' | 'refresh';
  /** Milliseconds since 1970; null when it never ends. */
  expiresAt: number | null;
}

/** Why a token is refused. */
export type Refusal = 'missing' | 'unknown' | 'expired' | 'revoked';

/** Tokens and keys of a double. Values follow from the seed and the order of issue alone. */
export class Tokens {
  issued = 0;
  refreshes = 0;
  readonly #tokens = new Map<string, Token>();
  readonly #revoked = new Set<string>();
  readonly #clock: Clock;
  readonly #salt: string;
  #serial = 0;

  constructor(clock: Clock, salt: string) {
    this.#clock = clock;
    this.#salt = salt;
  }

  grant(scopes: readonly string[], accounts: readonly string[] | null): Grant {
    this.#serial += 1;
    return { id: this.#serial, scopes, accounts };
  }

  /** A new secret of url-safe characters; equal seeds give equal ones in equal order. */
  secret(kind: string, length = 43): string {
    this.#serial += 1;
    let value = '';
    for (let i = 0; value.length < length; i += 1) {
      const hash = createHash('sha256').update(`${this.#salt}/${kind}/${this.#serial}/${i}`).digest('base64url');
      value += hash.replaceAll(/[^A-Za-z0-9]/g, '');
    }
    return value.slice(0, length);
  }

  /** Makes a value a token of a grant; also for keys that were not issued by a token endpoint. */
  add(value: string, grant: Grant, kind: Token['kind'] = 'access', seconds: number | null = null): string {
    const expiresAt = seconds === null ? null : this.#clock.now() + seconds * 1000;
    this.#tokens.set(value, { grant, kind, expiresAt });
    this.#revoked.delete(value);
    return value;
  }

  /** The grant behind a token, or why there is none. */
  check(value: string | null, kind: Token['kind'] = 'access'): Grant | Refusal {
    if (value === null || value === '') return 'missing';
    if (this.#revoked.has(value)) return 'revoked';
    const token = this.#tokens.get(value);
    if (!token || token.kind !== kind) return 'unknown';
    if (token.expiresAt !== null && token.expiresAt <= this.#clock.now()) return 'expired';
    return token.grant;
  }

  /** Seconds that are left; null when the token never ends or is none. */
  secondsLeft(value: string): number | null {
    const expiresAt = this.#tokens.get(value)?.expiresAt ?? null;
    return expiresAt === null ? null : Math.max(0, Math.floor((expiresAt - this.#clock.now()) / 1000));
  }

  drop(value: string): void {
    this.#tokens.delete(value);
    this.#revoked.add(value);
  }

  /** Ends everything a grant brought. */
  revokeGrant(grant: Grant): void {
    for (const [value, token] of this.#tokens) if (token.grant.id === grant.id) this.drop(value);
  }

  revokeAll(): void {
    for (const value of this.#tokens.keys()) this.drop(value);
  }

  /** Access tokens are expired from now on; refresh tokens live on. */
  expireAll(): void {
    for (const token of this.#tokens.values()) if (token.kind === 'access') token.expiresAt = this.#clock.now();
  }
}
