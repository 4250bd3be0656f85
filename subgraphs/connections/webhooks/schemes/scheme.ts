/** A delivery as schemes see it. */
export interface SignedRequest {
  method: string;
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** unsigned: there is no signature · wrong: it does not hold · too_old: it held once, or comes from the future. */
export type Verdict = 'ok' | 'unsigned' | 'wrong' | 'too_old';

/** How a sender proves that a delivery is from it. */
export interface Scheme {
  /** Headers it reads, in lower case. */
  headers: readonly string[];
  /**
   * Checks a delivery against each secret that is valid now.
   * @param certificate PEM of the certificate at `certificateUrl`, for schemes that have one
   */
  verify(request: SignedRequest, secrets: readonly string[], now: Date, certificate?: string): Verdict;
  /** Address of the certificate that a delivery says it is signed with; null when it says nothing of the kind. */
  certificateUrl?(request: SignedRequest): string | null;
}
