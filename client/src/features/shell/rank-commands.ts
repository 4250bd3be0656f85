export interface Command {
  id: string;
  label: string;
  /** Where it leads, in a word, e.g. `Go to`. */
  group: string;
  /** More words it is found by. */
  also?: string;
  keys?: string;
}

function score(command: Command, word: string): number {
  const label = command.label.toLowerCase();
  if (label.startsWith(word)) return 3;
  if (label.includes(` ${word}`)) return 2;
  return `${label} ${command.group} ${command.also ?? ''}`.toLowerCase().includes(word) ? 1 : 0;
}

/** Commands that contain every word that was typed, best first; all in their order when nothing was typed. */
export function rankCommands<Found extends Command>(commands: readonly Found[], typed: string): Found[] {
  const asked = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands
    .map((command) => ({ command, scores: asked.map((word) => score(command, word)) }))
    .filter(({ scores }) => scores.every((value) => value > 0))
    .toSorted((a, b) => b.scores.reduce((x, y) => x + y, 0) - a.scores.reduce((x, y) => x + y, 0))
    .map(({ command }) => command);
}
