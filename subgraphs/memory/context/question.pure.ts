import { badInput } from '@liftos/core/errors.ts';

const longestQuestion = 1000;

/** The search refuses words of some thousand bytes, and no name has one. */
const longestWord = 100;

/** The words of a question, each once; all else only parts them. Throws BAD_USER_INPUT. */
export function wordsOf(question: string): string[] {
  if (question.trim() === '') throw badInput('question', 'Ask something.');
  if (question.length > longestQuestion) throw badInput('question', `Ask in at most ${longestQuestion} characters.`);
  const words = question.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...new Set(words)].filter((word) => word.length <= longestWord);
}
