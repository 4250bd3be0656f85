import { Transform, type TransformCallback } from 'node:stream';

/** A record longer than this is refused; the longest real rows have a few thousand bytes. */
export const longestRecord = 256 * 1024;

export interface DroppedLine {
  line: number;
  code: 'TOO_LONG' | 'BAD_QUOTES';
}

const quoteByte = 0x22;

/** The end of a record (behind its line end), how many lines it has, and where its first line ends; -1 when open. */
interface Found {
  end: number;
  lines: number;
  firstLineEnd: number;
}

/**
 * Lets only whole records of bounded length through, so that neither a line of 50 MB nor a quote that is never closed
 * makes the parser behind it collect the rest of the file. A line that is too long, or whose quote is not closed within
 * the limit, becomes an empty line, which keeps the count of lines right; reading goes on at the line after it.
 */
export class RecordGuard extends Transform {
  readonly #delimiter: number;
  readonly #lineEnd: number;
  readonly #onDropped: (dropped: DroppedLine) => void;
  #carry: Buffer = Buffer.alloc(0);
  #line = 1;
  /** Within a line that is too long, until it ends. */
  #skipping = false;

  constructor(options: { delimiter: string; lineEnd: string; onDropped: (dropped: DroppedLine) => void }) {
    super();
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#lineEnd = options.lineEnd.charCodeAt(0);
    this.#onDropped = options.onDropped;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#process(this.#carry.length > 0 ? Buffer.concat([this.#carry, chunk]) : chunk, false);
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#process(this.#carry, true);
    done();
  }

  #process(bytes: Buffer, final: boolean): void {
    let unsent = 0;
    let start = this.#skipping ? this.#skipLine(bytes, 0) : 0;
    unsent = start;
    while (start < bytes.length) {
      const { end, lines, firstLineEnd } = this.#findRecord(bytes, start);
      const length = (end === -1 ? bytes.length : end) - start;
      if (length <= longestRecord && end !== -1) {
        this.#line += lines;
        start = end;
        continue;
      }
      if (length <= longestRecord && (!final || firstLineEnd === -1)) break;
      this.#send(bytes, unsent, start);
      start = this.#drop(bytes, start, firstLineEnd);
      unsent = start;
    }
    const rest = final && !this.#skipping ? bytes.length : start;
    this.#send(bytes, unsent, rest);
    this.#carry = bytes.subarray(rest);
  }

  #send(bytes: Buffer, from: number, to: number): void {
    if (to > from) this.push(bytes.subarray(from, to));
  }

  /** Refuses the line at `start` and answers where to go on. */
  #drop(bytes: Buffer, start: number, firstLineEnd: number): number {
    const code = firstLineEnd === -1 || firstLineEnd - start > longestRecord ? 'TOO_LONG' : 'BAD_QUOTES';
    this.#onDropped({ line: this.#line, code });
    return this.#skipLine(bytes, start);
  }

  #skipLine(bytes: Buffer, from: number): number {
    const end = bytes.indexOf(this.#lineEnd, from);
    this.#skipping = end === -1;
    if (end === -1) return bytes.length;
    this.#line += 1;
    this.push(Buffer.of(this.#lineEnd));
    return end + 1;
  }

  #findRecord(bytes: Buffer, start: number): Found {
    let firstLineEnd = -1;
    let quoted = false;
    for (let from = start, lines = 1; ; lines += 1) {
      const end = bytes.indexOf(this.#lineEnd, from);
      const stop = end === -1 ? bytes.length : end;
      quoted = this.#staysQuoted(bytes, from, stop, quoted);
      if (end === -1) return { end, lines, firstLineEnd };
      if (firstLineEnd === -1) firstLineEnd = end + 1;
      if (!quoted || end - start > longestRecord) return { end: end + 1, lines, firstLineEnd };
      from = end + 1;
    }
  }

  /** Whether a quote is open at the end of a line. It opens only where a cell begins; a doubled one stands for itself. */
  #staysQuoted(bytes: Buffer, from: number, to: number, quotedBefore: boolean): boolean {
    let quoted = quotedBefore;
    let at = nextQuote(bytes, from, to);
    while (at !== -1) {
      if (quoted) {
        const doubled = at + 1 < to && bytes[at + 1] === quoteByte;
        if (!doubled) quoted = false;
        at = nextQuote(bytes, doubled ? at + 2 : at + 1, to);
      } else {
        quoted = at === from || bytes[at - 1] === this.#delimiter;
        at = nextQuote(bytes, at + 1, to);
      }
    }
    return quoted;
  }
}

/** `indexOf` with an end: without one, each line of a file that has no quotes would search the whole chunk. */
function nextQuote(bytes: Buffer, from: number, to: number): number {
  if (to - from > 256) {
    const at = bytes.subarray(from, to).indexOf(quoteByte);
    return at === -1 ? -1 : from + at;
  }
  for (let i = from; i < to; i += 1) if (bytes[i] === quoteByte) return i;
  return -1;
}
