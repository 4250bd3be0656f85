/** Whether an organisation has generated data and nothing else, so that a form had better begin with it. */
export function isOnlyMock(kinds: readonly string[] | undefined): boolean {
  return kinds !== undefined && kinds.length > 0 && kinds.every((kind) => kind === 'MOCK');
}
