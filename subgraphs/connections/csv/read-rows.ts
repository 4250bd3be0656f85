import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { parse, type Info, type CsvError } from 'csv-parse';
import iconv from 'iconv-lite';
import type { FileLayout } from './import-plan.pure.ts';
import { RecordGuard, type DroppedLine } from './record-guard.ts';
import type { RowErrors } from './row-errors.pure.ts';

const chunk = 256 * 1024;

export interface Row {
  cells: string[];
  /** Line on which the row ends. */
  line: number;
}

/** Options that make rows of every kind of file comparable; the sample of the preview is read with the same ones. */
export function parserOptions(layout: Pick<FileLayout, 'delimiter' | 'lineEnd'>) {
  return {
    delimiter: layout.delimiter,
    record_delimiter: layout.lineEnd === '\r' ? ['\r'] : ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    info: true,
  } as const;
}

/**
 * Rows of a file below its header, in order, in memory that does not grow with the file. Rows that are no CSV go to
 * `errors`.
 */
export async function* readRows(
  path: string,
  layout: FileLayout,
  errors: RowErrors,
  onBytes: (total: number) => void,
): AsyncGenerator<Row> {
  const onSkip = (error: CsvError | undefined): undefined =>
    refuseLine(errors, { line: Number(error?.['lines'] ?? 0), code: 'BAD_QUOTES' });
  const parser = parse({ ...parserOptions(layout), on_skip: onSkip });
  const guard = new RecordGuard({ ...layout, onDropped: (dropped) => refuseLine(errors, dropped) });
  const file = createReadStream(path, { start: layout.markBytes, highWaterMark: chunk });
  file.on('data', () => onBytes(file.bytesRead));
  const stages = [file, ...transcode(layout), guard, parser] as [Readable, ...NodeJS.ReadWriteStream[]];
  // A failure of any stage destroys the parser, so that it surfaces in the loop below.
  pipeline(stages, () => undefined);
  let previous = 0;
  let twice = 0;
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
    if (info.lines > previous + 1) twice += countTwice(record);
    previous = info.lines;
    if (info.lines - twice > layout.headerLine) yield { cells: record, line: info.lines - twice };
  }
}

/** The parser counts a carriage return and line feed within quotes as two lines. */
function countTwice(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + cell.split('\r\n').length - 1, 0);
}

function transcode(layout: FileLayout): NodeJS.ReadWriteStream[] {
  return layout.encoding === 'utf-8' ? [] : [iconv.decodeStream(layout.encoding), iconv.encodeStream('utf-8')];
}

function refuseLine(errors: RowErrors, { line, code }: DroppedLine): undefined {
  const message = code === 'TOO_LONG' ? 'The line is too long to be a row.' : 'A quote is opened here and not closed.';
  errors.addLine({ line, column: null, code, message, value: null });
  return undefined;
}
