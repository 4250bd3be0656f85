/** A table of text with its header. */
export interface TextTable {
  columns: string[];
  rows: string[][];
  /** Rows whose number of cells differs from the header's. */
  uneven: number;
  separator: string;
}

const separators = [',', ';', '\t'];

/**
 * Reads text with separators after RFC 4180: the separator is the one the first line has most of, quotes may hold
 * separators and lines. Empty lines are left out.
 */
export function readTable(text: string): TextTable {
  const clean = text.replace(/^\uFEFF/, '');
  const first = clean.slice(0, clean.search(/[\r\n]|$/));
  const counts = separators.map((separator) => first.split(separator).length);
  const separator = separators[counts.indexOf(Math.max(...counts))]!;
  const [header = [], ...rows] = readRows(clean, separator);
  const columns = header.map((name, index) => name.trim() || `Column ${index + 1}`);
  return { columns, rows, separator, uneven: rows.filter((row) => row.length !== columns.length).length };
}

function readRows(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = (): void => {
    row.push(cell.trim());
    if (row.some((value) => value !== '')) rows.push(row);
    [row, cell] = [[], ''];
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (letter === '"' && cell.trim() === '') quoted = true;
    else if (letter === separator) {
      row.push(cell.trim());
      cell = '';
    } else if (letter === '\n' || letter === '\r') endRow();
    else cell += letter;
  }
  endRow();
  return rows;
}

/** A number as a spreadsheet writes it; null for an empty cell or words such as NA; NaN for what is no number. */
export function readNumber(text: string, separator: string): number | null {
  const plain = text.replaceAll(/[\s\u00A0]/g, '');
  if (plain === '' || /^(na|nan|null|none|-)$/i.test(plain)) return null;
  const english =
    separator === ',' || !/,\d{1,9}$/.test(plain)
      ? plain.replaceAll(',', '')
      : plain.replaceAll('.', '').replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(english) ? Number(english) : NaN;
}
