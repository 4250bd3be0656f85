import { randomFillSync, randomUUID } from 'node:crypto';

/** Random bytes are drawn many at a time: for a few at once the call costs more than the bytes. */
const drawn = Buffer.alloc(4096);
let used = drawn.length;

function randomHex(bytes: number): string {
  if (used + bytes > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += bytes;
  return drawn.toString('hex', used - bytes, used);
}

/** Takes over the caller's W3C trace context when it is well formed, with a span of our own; else begins one. */
export function traceparentFrom(header: string | undefined): string {
  const trace = /^00-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(header ?? '')?.[1];
  return `00-${trace ?? randomHex(16)}-${randomHex(8)}-01`;
}

/** The caller's id for a request when it is harmless in a log, else a new one. */
export function correlationIdFrom(header: string | undefined): string {
  return header && /^[\w.-]{8,64}$/.test(header) ? header : randomUUID();
}
