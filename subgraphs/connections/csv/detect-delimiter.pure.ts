export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * Choose the delimiter that splits the first lines into the same number of cells most often, and into more than one.
 * Text in quotes does not count. A file with a single column gets a comma.
 */
export function detectDelimiter(sample: string): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const counts = countPerLine(sample, delimiter);
    const header = counts[0] ?? 0;
    if (header === 0) continue;
    const same = counts.filter((count) => count === header).length / counts.length;
    const score = same * 100 + Math.min(header, 50) / 50;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

function countPerLine(sample: string, delimiter: string): number[] {
  const counts: number[] = [];
  let count = 0;
  let filled = false;
  let quoted = false;
  for (const char of sample) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === delimiter) count += 1;
    if (!quoted && (char === '\n' || char === '\r')) {
      if (filled) counts.push(count);
      count = 0;
      filled = false;
    } else filled = true;
    if (counts.length >= 50) return counts;
  }
  if (filled && counts.length === 0) counts.push(count);
  return counts;
}

/** The byte that ends lines: carriage returns only in files of old Macintosh programs, line feeds otherwise. */
export function detectLineEnd(sample: string): '\n' | '\r' {
  return !sample.includes('\n') && sample.includes('\r') ? '\r' : '\n';
}
