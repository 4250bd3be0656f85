function shorten(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}

/** A text in at most two lines of so many letters, broken between words; what does not fit ends in an ellipsis. */
export function fitLines(text: string, letters: number): string[] {
  if (text.length <= letters) return [text];
  const end = text.lastIndexOf(' ', letters);
  if (end <= 0) return [shorten(text, letters)];
  return [text.slice(0, end), shorten(text.slice(end + 1), letters)];
}
