/** Lays out JSON over lines, with two spaces; other text stays as it is. */
export function prettyLines(text: string): string[] {
  try {
    return JSON.stringify(JSON.parse(text), null, 2).split('\n');
  } catch {
    return text.split(/\r?\n/);
  }
}

/** Indexes of the lines that contain a text, whatever its case; none for an empty one. */
export function findLines(lines: readonly string[], search: string): number[] {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return [];
  return lines.flatMap((line, index) => (line.toLowerCase().includes(wanted) ? [index] : []));
}

/** Cuts a line into parts, those that match marked. */
export function markMatches(line: string, search: string): { text: string; match: boolean }[] {
  const wanted = search.trim().toLowerCase();
  const lower = line.toLowerCase();
  const parts: { text: string; match: boolean }[] = [];
  let at = 0;
  const find = (): number => (wanted ? lower.indexOf(wanted, at) : -1);
  for (let found = find(); found >= 0; found = find()) {
    if (found > at) parts.push({ text: line.slice(at, found), match: false });
    at = found + wanted.length;
    parts.push({ text: line.slice(found, at), match: true });
  }
  if (at < line.length || parts.length === 0) parts.push({ text: line.slice(at), match: false });
  return parts;
}
