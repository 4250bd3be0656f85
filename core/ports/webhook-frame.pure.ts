import type { WebhookRequest } from './ports.ts';

const lineFeed = 0x0a;

/** A delivery on its way to another process: everything but the body as a line of JSON, then the body as it came. */
export function packWebhook({ body, ...rest }: WebhookRequest): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat([Buffer.from(`${JSON.stringify(rest)}\n`), body]));
}

/** The opposite of `packWebhook`. Throws SyntaxError for anything else. */
export function unpackWebhook(bytes: Buffer): WebhookRequest {
  const end = bytes.indexOf(lineFeed);
  const rest = JSON.parse(bytes.subarray(0, Math.max(0, end)).toString()) as Omit<WebhookRequest, 'body'>;
  return { ...rest, body: bytes.subarray(end + 1) };
}
