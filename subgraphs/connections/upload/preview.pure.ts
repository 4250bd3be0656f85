import type { Analysis } from '../csv/analyze-sample.pure.ts';
import type { UploadPreview } from '../schema.generated.ts';

const SHOWN_ROWS = 20;
const SHOWN_SAMPLES = 5;
const SHOWN_CHARACTERS = 200;
/** Rows in which samples are looked for. */
const SEARCHED_ROWS = 1000;

export type Preview = Omit<UploadPreview, 'upload'>;

/** What is shown of a file before it is imported. */
export function previewOf(analysis: Analysis): Preview {
  const { layout, names, meanings, rows } = analysis;
  return {
    encoding: layout.encoding,
    delimiter: layout.delimiter,
    decimalSeparator: analysis.decimal,
    dateFormat: analysis.dateFormat,
    currency: analysis.currency,
    kind: analysis.kind,
    columns: names.map((name, index) => ({
      name,
      guess: meanings[index]!,
      samples: samplesOf(rows.slice(0, SEARCHED_ROWS).map((row) => row[index] ?? '')),
    })),
    rows: rows.slice(0, SHOWN_ROWS).map((row) => row.map(shorten)),
    problems: analysis.problems,
    notes: analysis.notes,
  };
}

function samplesOf(cells: readonly string[]): string[] {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return [...new Set(filled)].slice(0, SHOWN_SAMPLES).map(shorten);
}

function shorten(text: string): string {
  return text.slice(0, SHOWN_CHARACTERS).toWellFormed();
}
