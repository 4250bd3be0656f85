import { open } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { analyzeSample, type Analysis } from './analyze-sample.pure.ts';
import { detectLineEnd } from './detect-delimiter.pure.ts';
import { detectEncoding } from './detect-encoding.pure.ts';
import { longestRecord } from './record-guard.ts';

/** What is read of a file to find out what it is. */
const sampleBytes = 1024 * 1024;

/** Read the beginning of a file and tell what it is. `isUtf8` is what is known of all its bytes. */
export async function inspectFile(path: string, isUtf8: boolean): Promise<Analysis> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const encoding = detectEncoding(bytes, isUtf8);
    const text = iconv.decode(bytes.subarray(encoding.markBytes), encoding.encoding);
    const whole = bytesRead < sampleBytes ? text : wholeLines(text);
    const analysis = analyzeSample(whole, encoding);
    if (whole.trim() !== '' || text.trim() === '') return analysis;
    return { ...analysis, problems: ['The first line is too long to hold the names of columns.'] };
  } finally {
    await file.close();
  }
}

/** Text up to its last whole line, and without lines so long that they are refused anyway. */
function wholeLines(text: string): string {
  const lineEnd = detectLineEnd(text);
  const lines = text.split(lineEnd).slice(0, -1);
  return lines.map((line) => (line.length > longestRecord ? '' : line)).join(lineEnd);
}
