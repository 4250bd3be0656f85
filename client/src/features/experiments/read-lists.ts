/** Names between commas. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Numbers between commas; what is none is left out. */
export function numbersOf(text: string): number[] {
  return listOf(text).map(Number).filter(Number.isFinite);
}
