const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) text = alphabet[Number(rest % 62n)]! + text;
  return text;
}

/** CRC-32 (IEEE 802.3), enough to tell a mistyped key from a real one. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const shape = /^lift_live_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

/**
 * Writes a key: `lift_live_`, 32 characters of randomness (190 bits) and 6 of checksum. The prefix lets scanners find
 * leaked keys; the checksum lets anybody discard false finds without asking us.
 */
export function formatKey(random: Uint8Array): string {
  const value = random.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const body = base62(value, 32);
  return `lift_live_${body}${base62(BigInt(crc32(body)), 6)}`;
}

/** Whether a text is a key with a right checksum. */
export function isWellFormedKey(text: string): boolean {
  const [, body, checksum] = shape.exec(text) ?? [];
  return body !== undefined && base62(BigInt(crc32(body)), 6) === checksum;
}

/** The keys in any text, as a scanner for leaked ones finds them: by shape first, then by checksum. */
export function keysIn(text: string): string[] {
  return (text.match(/\blift_live_[0-9A-Za-z]{38}\b/g) ?? []).filter(isWellFormedKey);
}

/** The part of a key that may be shown. */
export function shownPrefix(key: string): string {
  return `${key.slice(0, 14)}…`;
}
