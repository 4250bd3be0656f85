const mostCharacters = 200;
const mostRepeats = 3;

/**
 * What is wrong with a regular expression that people write and the server runs; null when nothing is. Refuses all
 * that can take more than a moment on a long text: repeated groups with repeats or choices inside, references back,
 * looking around, and many repeats without end.
 */
export function wrongPattern(pattern: string): string | null {
  if (pattern.length > mostCharacters) return `A pattern has at most ${mostCharacters} characters.`;
  try {
    // The u flag refuses escapes that mean nothing.
    void new RegExp(pattern, 'u');
  } catch {
    return 'This is no regular expression.';
  }
  const plain = pattern
    .replaceAll(/\\[\s\S]/g, (escaped) => (/\d|k/.test(escaped[1]!) ? '\u0000' : 'x'))
    .replaceAll(/\[[^\]]*\]/g, 'x');
  if (plain.includes('\u0000')) return 'A pattern cannot refer back to its groups.';
  if (/\(\?[=!<]/.test(plain)) return 'A pattern cannot look around or name its groups.';
  if ((plain.match(/[*+]|\{\d+,\}/g) ?? []).length > mostRepeats) {
    return `A pattern has at most ${mostRepeats} repeats without end.`;
  }
  return expensiveGroup(plain) ? 'This pattern is too expensive: a repeated group holds repeats or choices.' : null;
}

function expensiveGroup(plain: string): boolean {
  const open: number[] = [];
  for (let at = 0; at < plain.length; at += 1) {
    if (plain[at] === '(') open.push(at);
    if (plain[at] !== ')') continue;
    const inside = plain.slice(open.pop()! + 1, at).replace(/^\?:/, '');
    if (/^(?:[*+]|\{)/.test(plain.slice(at + 1)) && /[*+|{?]/.test(inside)) return true;
  }
  return false;
}
