import { Transform, type Readable } from 'node:stream';
import { AppError } from '@liftos/core/errors.ts';

/** The file of a form. */
export interface Part {
  fileName: string;
  contentType: string;
  stream: Readable;
}

/** Bytes of what stands before a file in a form. */
const largestHead = 64 * 2 ** 10;

/**
 * Opens the first file of a `multipart/form-data` body as a stream; fields before it are passed over, whatever comes
 * after it is not read. Throws BAD_USER_INPUT when there is none.
 */
export function openPart(body: Readable, contentType: string): Promise<Part> {
  const boundary = /boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (!name) throw new AppError('BAD_USER_INPUT', 'The form names no boundary.', { field: 'content-type' });
  return new Promise((resolve, reject) => {
    const reader = partReader(Buffer.from(`--${name}`), resolve);
    reader.once('error', reject);
    body.once('error', (error) => reader.destroy(error));
    body.once(
      'close',
      () => reader.writableEnded || reader.destroy(new AppError('CANCELLED', 'The upload broke off.')),
    );
    body.pipe(reader);
  });
}

const blank = Buffer.from('\r\n\r\n');

function partReader(delimiter: Buffer, opened: (part: Part) => void): Transform {
  const ending = Buffer.concat([Buffer.from('\r\n'), delimiter]);
  let phase: 'head' | 'file' | 'rest' = 'head';
  let held: Buffer = Buffer.alloc(0);

  const readHead = (): Error | undefined => {
    for (;;) {
      const start = held.indexOf(delimiter);
      const end = start < 0 ? -1 : held.indexOf(blank, start);
      if (end < 0) return held.length > largestHead ? unreadable() : undefined;
      const head = held.subarray(start + delimiter.length, end).toString('utf8');
      held = held.subarray(end + blank.length);
      const fileName = /filename="((?:[^"\\\r\n]|\\.)*)"/i.exec(head)?.[1];
      if (fileName === undefined) continue;
      phase = 'file';
      const contentType = /^content-type:\s*([^\r\n]+)/im.exec(head)?.[1] ?? 'application/octet-stream';
      opened({ fileName, contentType, stream: reader });
      return undefined;
    }
  };

  const readFile = (): void => {
    const end = held.indexOf(ending);
    // The end may be cut in two: its possible beginning waits for the next chunk.
    const safe = end >= 0 ? end : Math.max(0, held.length - ending.length + 1);
    if (safe > 0) reader.push(held.subarray(0, safe));
    held = end >= 0 ? Buffer.alloc(0) : held.subarray(safe);
    if (end < 0) return;
    phase = 'rest';
    reader.push(null);
  };

  const reader = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (phase === 'rest') return done();
      held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
      const error = phase === 'head' ? readHead() : undefined;
      if (!error && phase === 'file') readFile();
      return done(error);
    },
    flush(done) {
      done(phase === 'rest' ? null : unreadable());
    },
  });
  return reader;
}

function unreadable(): AppError {
  return new AppError('BAD_USER_INPUT', 'The form holds no whole file.', { field: 'body' });
}
