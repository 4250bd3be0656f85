import type { Api, ApiRequest, Answer } from '../connector.ts';

/** More pages of accounts than this are a mistake of the platform or ours. */
const mostPages = 1000;

/** All pages of a list that is read at once, e.g. of accounts. `next` gives the request for the page after an answer. */
export async function allPages<T>(
  api: Api,
  first: ApiRequest,
  rows: (answer: Answer) => readonly T[],
  next: (answer: Answer) => ApiRequest | null,
): Promise<T[]> {
  const all: T[] = [];
  let request: ApiRequest | null = first;
  for (let page = 0; request && page < mostPages; page += 1) {
    const answer: Answer = await api.call(request);
    all.push(...rows(answer));
    request = next(answer);
  }
  return all;
}
