export interface LogLine {
  sequence: number;
  at: string;
  level: string;
  message: string;
  attempt: number;
}

/** Appends a line in its place by number; what is known already is left out and only the last `most` lines stay. */
export function appendLine(lines: readonly LogLine[], line: LogLine, most: number): LogLine[] {
  const last = lines.at(-1);
  if (!last || line.sequence > last.sequence) return [...lines, line].slice(-most);
  if (lines.some(({ sequence }) => sequence === line.sequence)) return [...lines];
  return [...lines, line].toSorted((a, b) => a.sequence - b.sequence).slice(-most);
}
