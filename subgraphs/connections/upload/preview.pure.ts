import type { Analysis } from '../csv/analyze-sample.pure.ts';
import type { UploadPreview } from '../schema.generated.ts';

const shownRows = 20;
const shownSamples = 5;
const shownCharacters = 200;
/** Rows in which samples are looked for. */
const searchedRows = 1000;

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
      samples: samplesOf(rows.slice(0, searchedRows).map((row) => row[index] ?? '')),
    })),
    rows: rows.slice(0, shownRows).map((row) => row.map(shorten)),
    problems: analysis.problems,
    notes: analysis.notes,
  };
}

function samplesOf(cells: readonly string[]): string[] {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return [...new Set(filled)].slice(0, shownSamples).map(shorten);
}

function shorten(text: string): string {
  return text.slice(0, shownCharacters).toWellFormed();
}
