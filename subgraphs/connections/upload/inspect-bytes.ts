import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { AppError, badInput } from '@liftos/core/errors.ts';
import { wholeCharacters } from '../csv/detect-encoding.pure.ts';

/** First bytes of files that people take for tables, and what they are. */
const notText: readonly [string, string][] = [
  ['504b0304', 'a spreadsheet or an archive'],
  ['d0cf11e0', 'an old spreadsheet'],
  ['1f8b', 'a compressed file'],
  ['25504446', 'a PDF'],
];

/** Passes bytes on and learns size, hash and encoding meanwhile. Fails beyond the limit, and for what is no text. */
export class InspectBytes extends Transform {
  bytes = 0;
  isUtf8 = true;
  readonly #hash = createHash('sha256');
  readonly #limit: number;
  #cut = Buffer.alloc(0);

  constructor(limit: number) {
    super();
    this.#limit = limit;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const kind = this.bytes === 0 ? kindOf(chunk) : undefined;
    if (kind) return done(badInput('file', `This is ${kind}; save it as CSV and try again.`));
    this.bytes += chunk.length;
    if (this.bytes > this.#limit) {
      return done(new AppError('QUOTA_EXCEEDED', `The file is larger than ${this.#limit} bytes allow.`));
    }
    this.#hash.update(chunk);
    this.#checkEncoding(chunk);
    done(null, chunk);
  }

  #checkEncoding(chunk: Buffer): void {
    if (!this.isUtf8) return;
    const text = this.#cut.length > 0 ? Buffer.concat([this.#cut, chunk]) : chunk;
    const whole = wholeCharacters(text);
    this.isUtf8 = isUtf8(whole);
    this.#cut = Buffer.from(text.subarray(whole.length));
  }

  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }
}

function kindOf(head: Buffer): string | undefined {
  const hex = head.subarray(0, 4).toString('hex');
  return notText.find(([magic]) => hex.startsWith(magic))?.[1];
}
