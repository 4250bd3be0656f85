/** Where a line and column, both from 1, stand in a text; places outside are moved to the nearest one inside. */
export function offsetOfLine(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const before = lines.slice(0, index).reduce((sum, part) => sum + part.length + 1, 0);
  return before + Math.min(Math.max(column, 1) - 1, lines[index]!.length);
}

/** The blanks a new line begins with when it is broken off at a place: those of the line it came from. */
export function indentOf(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^ */.exec(text.slice(start, offset))?.[0] ?? '';
}
