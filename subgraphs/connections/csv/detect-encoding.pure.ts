import { isUtf8 } from 'node:buffer';

/** Character encodings that are read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Bytes of a byte order mark at the beginning, which are no text. */
export interface EncodingGuess {
  encoding: Encoding;
  markBytes: number;
}

const marks: { bytes: number[]; encoding: Encoding }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/**
 * Tell the encoding from the first bytes of a file. `restIsUtf8` is what is known of the whole file: an ASCII
 * beginning followed by bytes that are not UTF-8 means Windows-1252.
 */
export function detectEncoding(head: Uint8Array, restIsUtf8 = true): EncodingGuess {
  const marked = marks.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (marked) return { encoding: marked.encoding, markBytes: marked.bytes.length };
  const wide = wideEncoding(head);
  if (wide) return { encoding: wide, markBytes: 0 };
  if (!isUtf8(wholeCharacters(head))) return { encoding: 'windows-1252', markBytes: 0 };
  const ascii = head.every((byte) => byte < 0x80);
  return { encoding: ascii && !restIsUtf8 ? 'windows-1252' : 'utf-8', markBytes: 0 };
}

/** Latin text in UTF-16 has a zero in every second byte; a stray NUL in a normal file does not come near that. */
function wideEncoding(head: Uint8Array): Encoding | null {
  const pairs = Math.floor(Math.min(head.length, 4096) / 2);
  if (pairs < 2) return null;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < pairs; i += 1) {
    if (head[2 * i] === 0) evenZeros += 1;
    if (head[2 * i + 1] === 0) oddZeros += 1;
  }
  if (oddZeros > pairs * 0.4 && evenZeros < pairs * 0.1) return 'utf-16le';
  if (evenZeros > pairs * 0.4 && oddZeros < pairs * 0.1) return 'utf-16be';
  return null;
}

/** The bytes without a character that is cut at the end. */
export function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}
