import type { ColumnPlace } from './cells.pure.ts';
import type { Delimiter } from './detect-delimiter.pure.ts';
import type { Encoding } from './detect-encoding.pure.ts';
import type { Kind, Meaning } from './guess-meaning.pure.ts';
import type { DateFormat } from './parse-date.pure.ts';
import type { DecimalSeparator } from './parse-number.pure.ts';

/** How the bytes of a file become rows of cells. */
export interface FileLayout {
  encoding: Encoding;
  markBytes: number;
  delimiter: Delimiter;
  lineEnd: '\n' | '\r';
  /** Line of the column names; lines above are titles of the export and left out. */
  headerLine: number;
}

/** Everything an import needs to know; plain data, so that it can be stored and sent to a worker. */
export interface ImportPlan {
  kind: Kind;
  layout: FileLayout;
  names: string[];
  /** Meaning of each column, by position. */
  meanings: Meaning[];
  decimal: DecimalSeparator;
  dateFormat: DateFormat;
  /** For rows without a currency of their own. */
  currency: string;
  /** For rows without a channel column. */
  channel: string | null;
  /** Begins the keys of rows that have no identity of their own, so that the same file gives the same keys. */
  fileKey: string;
}

/** Where every meaning stands. */
export function placesOf(plan: Pick<ImportPlan, 'names' | 'meanings'>): Partial<Record<Meaning, ColumnPlace>> {
  const places: Partial<Record<Meaning, ColumnPlace>> = {};
  plan.meanings.forEach((meaning, index) => {
    if (meaning !== 'IGNORE') places[meaning] = { index, name: plan.names[index]! };
  });
  return places;
}
